package io.trekpoint.control.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.Edit;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagDefinition;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What can be done to a flag, alone or among other changes. */
@Singleton
public final class FlagSteps {
    private final Mirror mirror;
    private final FlagUse use;

    FlagSteps(Mirror mirror, FlagUse use) {
        this.mirror = mirror;
        this.use = use;
    }

    /**
     * Defines it; a killed one stays killed.
     *
     * @throws io.trekpoint.lanes.flag.InvalidFlagException for the first rule the definition breaks
     */
    public Step put(String key, JsonNode definition, Precondition precondition) {
        FlagDefinition next = parse(key, definition);
        FlagKey.checkDefinition(next);
        return step(
                key,
                (stored, change) -> {
                    PresentFlag present = present(key, stored);
                    present.check(precondition);
                    return Optional.of(encode(new Flag(next, present.killed()), change));
                });
    }

    /** From now on it answers its kill variant; one that is killed already is left alone. */
    public Step kill(String key) {
        return step(
                key,
                (stored, change) -> {
                    PresentFlag present = present(key, stored);
                    return present.readable() && present.killed()
                            ? Optional.empty()
                            : Optional.of(encode(known(present).kill(), change));
                });
    }

    /**
     * Puts back what stood before it was deleted or, where it was not, before it was killed; one
     * that is neither is left alone.
     */
    public Step restore(String key) {
        return step(
                key,
                (stored, change) -> {
                    if (stored.isPresent() && EntryCodec.isDeleted(stored.get())) {
                        return Optional.of(again(key, stored.get(), change));
                    }
                    PresentFlag present = present(key, stored);
                    Flag flag = known(present);
                    return present.readable() && !present.killed()
                            ? Optional.empty()
                            : Optional.of(encode(flag.restore(), change));
                });
    }

    /**
     * Takes it out of use: it answers like a flag nobody has stored, until it is restored.
     *
     * @param force whether to do so although services ask for it
     */
    public Step delete(String key, Precondition precondition, boolean force) {
        return step(
                key,
                (stored, change) -> {
                    PresentFlag present = present(key, stored);
                    if (!present.exists()) {
                        throw unknown(key);
                    }
                    present.check(precondition);
                    if (!force) {
                        use.refuseIfUsed(key);
                    }
                    return Optional.of(EntryCodec.encodeDeleted(stored.orElseThrow(), change));
                });
    }

    /**
     * Puts it back exactly as it stood once, killed or not.
     *
     * @param then its stored form of that time
     */
    public Step rollBack(String key, JsonNode then, Precondition precondition) {
        return step(
                key,
                (stored, change) -> {
                    present(key, stored).check(precondition);
                    return Optional.of(again(key, then, change));
                });
    }

    static ProblemException unknown(String key) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no flag " + key + ".");
    }

    /** With the shared rules of the present state. */
    private FlagDefinition parse(String key, JsonNode definition) {
        return FlagDefinition.parse(key, definition, mirror.current().state().evaluators());
    }

    /** What stood once has to be valid today. */
    private JsonNode again(String key, JsonNode form, LastChange change) {
        ObjectNode back = EntryCodec.encodeAgain(form(key, form), change);
        FlagDefinition definition = parse(key, back.path("definition"));
        FlagKey.checkDefinition(definition);
        return encode(new Flag(definition, back.path("killed").asBoolean(false)), change);
    }

    private static ObjectNode form(String key, JsonNode stored) {
        if (stored instanceof ObjectNode object) {
            return object;
        }
        throw ProblemException.invalid(
                ProblemType.INVALID_VALUE, "flag " + key, "is broken in Redis: define it anew");
    }

    private static Flag known(PresentFlag present) {
        return present.lastGood()
                .or(() -> FlagKey.find(present.key()).map(key -> Flag.of(key.declared())))
                .orElseThrow(() -> unknown(present.key()));
    }

    private PresentFlag present(String key, Optional<JsonNode> stored) {
        return PresentFlag.of(
                key, stored, Optional.ofNullable(mirror.current().state().flags().get(key)));
    }

    private static Step step(String key, Edit edit) {
        if (FlagSetPart.isKey(key)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    key + " is no flag: what flags have in common is changed by an import.");
        }
        return new Step(new EntryKey(Kind.FLAG, key), edit);
    }

    private static JsonNode encode(Flag flag, LastChange change) {
        return EntryCodec.encodeFlag(new Entry<>(flag, change));
    }
}
