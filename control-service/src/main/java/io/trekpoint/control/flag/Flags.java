package io.trekpoint.control.flag;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.evaluation.FlagUses;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Outcome;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Deleted;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Flags: read from the mirror, changed through the store. */
@Singleton
final class Flags {
    private final Mirror mirror;
    private final ControlStore store;
    private final FlagUses uses;

    Flags(Mirror mirror, ControlStore store, FlagUses uses) {
        this.mirror = mirror;
        this.store = store;
        this.uses = uses;
    }

    FlagList list() {
        ControlState state = mirror.current().state();
        Map<String, FlagView> views = new TreeMap<>();
        FlagKey.catalogue().forEach(key -> views.put(key.key(), declared(key, state)));
        state.flags().forEach((key, entry) -> views.put(key, FlagView.of(entry)));
        Map<String, Instant> evaluated = uses.lastEvaluated();
        return new FlagList(
                state.head().revision(),
                views.values().stream()
                        .map(view -> view.evaluatedAt(evaluated.get(view.key())))
                        .toList());
    }

    FlagView get(String key) {
        ControlState state = mirror.current().state();
        return Optional.ofNullable(state.flags().get(key))
                .map(FlagView::of)
                .or(() -> FlagKey.find(key).map(declared -> declared(declared, state)))
                .orElseThrow(() -> FlagSteps.unknown(key))
                .evaluatedAt(uses.lastEvaluated(key).orElse(null));
    }

    FlagChange make(Step step, boolean dryRun, Intent by) {
        EntryKey entry = step.entry();
        Outcome outcome =
                dryRun
                        ? store.rehearse(entry.kind(), entry.key(), by, step.edit())
                        : store.change(entry.kind(), entry.key(), by, step.edit());
        FlagView before = view(entry.key(), outcome.before());
        FlagView after =
                outcome.after().isNull()
                        ? FlagKey.find(entry.key()).map(FlagView::declared).orElse(null)
                        : view(entry.key(), outcome.after());
        return new FlagChange(
                outcome.revision(), dryRun, after, new FlagChange.Diff(before, after));
    }

    private static FlagView declared(FlagKey key, ControlState state) {
        Deleted deleted = state.deleted().get(new EntryKey(Kind.FLAG, key.key()));
        return deleted == null
                ? FlagView.declared(key)
                : FlagView.declared(key, deleted.lastChange());
    }

    /** Absent where the flag was not stored, cannot be read, or is known to nobody any more. */
    private static @Nullable FlagView view(String key, JsonNode form) {
        if (form.isNull()) {
            return null;
        }
        return EntryCodec.isDeleted(form)
                ? FlagKey.find(key)
                        .map(declared -> FlagView.declared(declared, EntryCodec.lastChange(form)))
                        .orElse(null)
                : PresentFlag.read(key, form).map(FlagView::of).orElse(null);
    }
}
