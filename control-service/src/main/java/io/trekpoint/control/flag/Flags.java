package io.trekpoint.control.flag;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.Edit;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Outcome;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagDefinition;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.InvalidFlagException;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Flags: read from the mirror, changed through the store. */
@Singleton
final class Flags {
    private final Mirror mirror;
    private final ControlStore store;

    Flags(Mirror mirror, ControlStore store) {
        this.mirror = mirror;
        this.store = store;
    }

    FlagList list() {
        ControlState state = mirror.current().state();
        Map<String, FlagView> views = new TreeMap<>();
        FlagKey.catalogue().forEach(key -> views.put(key.key(), FlagView.declared(key)));
        state.flags().forEach((key, entry) -> views.put(key, FlagView.of(entry)));
        return new FlagList(state.head().revision(), views.values().stream().toList());
    }

    FlagView get(String key) {
        return Optional.ofNullable(mirror.current().state().flags().get(key))
                .map(FlagView::of)
                .or(() -> FlagKey.find(key).map(FlagView::declared))
                .orElseThrow(() -> unknown(key));
    }

    /**
     * Validates a definition, with the shared rules of the present state.
     *
     * @throws InvalidFlagException for the first rule it breaks
     */
    FlagDefinition parse(String key, JsonNode definition) {
        return FlagDefinition.parse(key, definition, mirror.current().state().evaluators());
    }

    FlagChange put(
            String key, FlagDefinition next, Precondition precondition, boolean dryRun, Intent by) {
        FlagKey.checkDefinition(next);
        Edit edit =
                (stored, change) -> {
                    PresentFlag present = present(key, stored);
                    precondition.check(present.changedAt(), FlagKey.find(key).isPresent());
                    return Optional.of(encode(new Flag(next, present.killed()), change));
                };
        Outcome outcome =
                dryRun
                        ? store.rehearse(Kind.FLAG, key, by, edit)
                        : store.change(Kind.FLAG, key, by, edit);
        return view(key, outcome, dryRun);
    }

    /** Kills or restores; a flag that is as asked already makes no revision. */
    FlagChange turn(String key, boolean killed, Intent by) {
        UnaryOperator<Flag> turned = killed ? Flag::kill : Flag::restore;
        Edit edit =
                (stored, change) -> {
                    PresentFlag present = present(key, stored);
                    Flag flag =
                            present.lastGood()
                                    .or(() -> FlagKey.find(key).map(k -> Flag.of(k.declared())))
                                    .orElseThrow(() -> unknown(key));
                    return present.readable() && flag.killed() == killed
                            ? Optional.empty()
                            : Optional.of(encode(turned.apply(flag), change));
                };
        return view(key, store.change(Kind.FLAG, key, by, edit), false);
    }

    private static JsonNode encode(Flag flag, LastChange change) {
        return EntryCodec.encodeFlag(new Entry<>(flag, change));
    }

    private PresentFlag present(String key, Optional<JsonNode> stored) {
        return PresentFlag.of(
                key, stored, Optional.ofNullable(mirror.current().state().flags().get(key)));
    }

    private static FlagChange view(String key, Outcome outcome, boolean dryRun) {
        FlagView after =
                outcome.after().isNull()
                        ? FlagView.declared(FlagKey.find(key).orElseThrow())
                        : FlagView.of(EntryCodec.decodeFlag(key, outcome.after()));
        FlagView before =
                outcome.before().isNull()
                        ? null
                        : PresentFlag.read(key, outcome.before()).map(FlagView::of).orElse(null);
        return new FlagChange(
                outcome.revision(), dryRun, after, new FlagChange.Diff(before, after));
    }

    private static ProblemException unknown(String key) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no flag " + key + ".");
    }
}
