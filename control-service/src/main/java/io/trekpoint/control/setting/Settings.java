package io.trekpoint.control.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.Edit;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Outcome;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.setting.SettingKey;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/** Settings: read from the mirror, changed through the store. */
@Singleton
final class Settings {
    private final Mirror mirror;
    private final ControlStore store;

    Settings(Mirror mirror, ControlStore store) {
        this.mirror = mirror;
        this.store = store;
    }

    SettingList list() {
        ControlState state = mirror.current().state();
        return new SettingList(
                state.head().revision(),
                SettingKey.catalogue().stream()
                        .map(key -> SettingView.of(key, state.settings().get(key.key())))
                        .toList());
    }

    SettingView get(String key) {
        SettingKey<?> setting = setting(key);
        return SettingView.of(setting, mirror.current().state().settings().get(key));
    }

    SettingChange put(
            String key, JsonNode value, Precondition precondition, boolean dryRun, Intent by) {
        SettingKey<?> setting = setting(key);
        setting.validate(value);
        Edit edit =
                (stored, change) -> {
                    precondition.check(changedAt(stored), true);
                    return Optional.of(EntryCodec.encodeSetting(new Entry<>(value, change)));
                };
        Outcome outcome =
                dryRun
                        ? store.rehearse(Kind.SETTING, key, by, edit)
                        : store.change(Kind.SETTING, key, by, edit);
        SettingView after = SettingView.of(setting, entry(key, outcome.after()));
        SettingView before =
                outcome.before().isNull()
                        ? null
                        : SettingView.of(setting, entry(key, outcome.before()));
        return new SettingChange(
                outcome.revision(), dryRun, after, new SettingChange.Diff(before, after));
    }

    private static Entry<JsonNode> entry(String key, JsonNode stored) {
        return EntryCodec.decodeSetting(key, stored);
    }

    private static OptionalLong changedAt(Optional<JsonNode> stored) {
        return stored.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(stored.get().path("revision").asLong());
    }

    private static SettingKey<?> setting(String key) {
        Optional<SettingKey<?>> setting = SettingKey.find(key);
        if (setting.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no setting " + key + ".");
        }
        return setting.get();
    }
}
