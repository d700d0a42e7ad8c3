package io.trekpoint.lanes.limit;

/**
 * How a limit is applied.
 *
 * @param enforcement whether it refuses
 * @param withoutRedis what is done while the shared count cannot be asked
 */
public record Terms(Enforcement enforcement, WithoutRedis withoutRedis) {
    /** Enforced, and kept by each process while Redis is away. */
    public static final Terms USUAL = new Terms(Enforcement.ENFORCED, WithoutRedis.LOCAL);

    /** Whether a limit refuses. */
    public enum Enforcement {
        /** It refuses what is beyond it. */
        ENFORCED,
        /** It is counted and reported and refuses nothing: to see what it would do. */
        WATCHED
    }

    /** What is done with a charge while the shared count cannot be asked. */
    public enum WithoutRedis {
        /** Each process gives its part: of a rate its share, of a quota a small allowance. */
        LOCAL,
        /** It passes, and is not counted. */
        ADMIT,
        /** It is refused until Redis answers again. */
        REFUSE
    }

    /** Whether the limit refuses nothing. */
    public boolean watched() {
        return enforcement == Enforcement.WATCHED;
    }
}
