package io.trekpoint.lanes.flag;

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

    /** What it answers. */
    public FlagAnswer answer() {
        return killed
                ? definition.killAnswer().orElseThrow(Flag::notKillable)
                : definition.answer();
    }

    private static InvalidFlagException notKillable() {
        return new InvalidFlagException(
                "definition.metadata.trek.killVariant",
                "must name a variant before a flag that is not boolean can be killed");
    }
}
