package io.trekpoint.control.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Outcome;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Deleted;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.setting.SettingCatalogue;
import io.trekpoint.lanes.setting.SettingKey;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

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
                SettingCatalogue.all().stream().map(key -> view(key, state)).toList());
    }

    SettingView get(String key) {
        return view(SettingSteps.setting(key), mirror.current().state());
    }

    SettingChange make(Step step, boolean dryRun, Intent by) {
        EntryKey entry = step.entry();
        Outcome outcome =
                dryRun
                        ? store.rehearse(entry.kind(), entry.key(), by, step.edit())
                        : store.change(entry.kind(), entry.key(), by, step.edit());
        SettingKey<?> setting = SettingSteps.setting(entry.key());
        SettingView before = stored(setting, outcome.before());
        SettingView after = stored(setting, outcome.after());
        return new SettingChange(
                outcome.revision(),
                dryRun,
                after == null ? SettingView.of(setting, null) : after,
                new SettingChange.Diff(before, after));
    }

    private static SettingView view(SettingKey<?> key, ControlState state) {
        Deleted deleted = state.deleted().get(new EntryKey(Kind.SETTING, key.key()));
        return deleted == null
                ? SettingView.of(key, state.settings().get(key.key()))
                : SettingView.unset(key, deleted.lastChange());
    }

    /** Absent where the setting was not stored, or cannot be read. */
    private static @Nullable SettingView stored(SettingKey<?> key, JsonNode form) {
        if (form.isNull()) {
            return null;
        }
        return EntryCodec.isDeleted(form)
                ? SettingView.unset(key, EntryCodec.lastChange(form))
                : SettingSteps.read(key.key(), form)
                        .map(entry -> SettingView.of(key, entry))
                        .orElse(null);
    }
}
