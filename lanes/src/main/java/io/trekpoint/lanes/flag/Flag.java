package io.trekpoint.lanes.flag;

import io.trekpoint.lanes.flag.rule.EvaluationContext;

/**
 * A flag as the control state holds it. Immutable.
 *
 * @param definition what it answers
 * @param killed whether the kill answer stands in front of the definition
 */
public record Flag(FlagDefinition definition, boolean killed) {
    /** Refuses what has no answer. */
    public Flag {
        if (killed && definition.killAnswer().isEmpty()) {
            throw notKillable();
        }
    }

    /** A flag that is not killed. */
    public static Flag of(FlagDefinition definition) {
        return new Flag(definition, false);
    }

    /**
     * This flag, killed: from now on the answer is the kill variant, with a value.
     *
     * @throws InvalidFlagException for a flag that is not boolean and names no {@code
     *     trek.killVariant}
     */
    public Flag kill() {
        return new Flag(definition, true);
    }

    /** This flag as it stood before it was killed. */
    public Flag restore() {
        return of(definition);
    }

    /**
     * This flag with another definition; a killed flag stays killed.
     *
     * @throws InvalidFlagException when it is killed and the new definition has no kill answer
     */
    public Flag redefined(FlagDefinition other) {
        return new Flag(other, killed);
    }

    /** What it answers to somebody of whom nothing is known. */
    public FlagAnswer answer() {
        return evaluate(EvaluationContext.EMPTY);
    }

    /** What it answers. Never fails: what goes wrong is an answer. */
    public FlagAnswer evaluate(EvaluationContext context) {
        return killed
                ? definition.killAnswer().orElseThrow(Flag::notKillable)
                : definition.evaluate(context);
    }

    /**
     * What it answers while no source confirms it: as {@code trek.onUnavailable} says. A killed
     * flag stays killed.
     */
    public FlagAnswer evaluateStale(EvaluationContext context) {
        return killed ? evaluate(context) : definition.evaluateStale(context);
    }

    private static InvalidFlagException notKillable() {
        return new InvalidFlagException(
                "definition.metadata.trek.killVariant",
                "must name a variant before a flag that is not boolean can be killed");
    }
}
