package io.trekpoint.control.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.Base;
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
import io.trekpoint.lanes.mirror.UnreadableException;
import io.trekpoint.lanes.setting.SettingCatalogue;
import io.trekpoint.lanes.setting.SettingKey;
import io.trekpoint.lanes.setting.SettingRule;
import io.trekpoint.lanes.setting.SettingValues;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Settings: read from the mirror, changed through the store. */
@Singleton
final class Settings {
    private final Mirror mirror;
    private final ControlStore store;
    private final Base base;

    Settings(Mirror mirror, ControlStore store, Base base) {
        this.mirror = mirror;
        this.store = store;
        this.base = base;
    }

    SettingList list() {
        ControlState state = mirror.current().state();
        return new SettingList(
                state.head().revision(),
                SettingCatalogue.all().stream()
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
                    precondition.check(changedAt(key, stored), true);
                    SettingValues values = base.before(change);
                    SettingRule.check(List.of(setting), values.with(setting, value));
                    return Optional.of(EntryCodec.encodeSetting(new Entry<>(value, change)));
                };
        Outcome outcome =
                dryRun
                        ? store.rehearse(Kind.SETTING, key, by, edit)
                        : store.change(Kind.SETTING, key, by, edit);
        SettingView after = SettingView.of(setting, EntryCodec.decodeSetting(key, outcome.after()));
        SettingView before =
                outcome.before().isNull()
                        ? null
                        : read(key, outcome.before())
                                .map(entry -> SettingView.of(setting, entry))
                                .orElse(null);
        return new SettingChange(
                outcome.revision(), dryRun, after, new SettingChange.Diff(before, after));
    }

    private static Optional<Entry<JsonNode>> read(String key, JsonNode stored) {
        try {
            return Optional.of(EntryCodec.decodeSetting(key, stored));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    /** One that is broken is there all the same: it last changed when its last good value did. */
    private OptionalLong changedAt(String key, Optional<JsonNode> stored) {
        if (stored.isEmpty()) {
            return OptionalLong.empty();
        }
        long changedAt =
                read(key, stored.get())
                        .or(() -> Optional.ofNullable(mirror.current().state().settings().get(key)))
                        .map(entry -> entry.lastChange().revision())
                        .orElse(stored.get().path("revision").asLong());
        return OptionalLong.of(changedAt);
    }

    private static SettingKey<?> setting(String key) {
        Optional<SettingKey<?>> setting = SettingCatalogue.find(key);
        if (setting.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no setting " + key + ".");
        }
        return setting.get();
    }
}
