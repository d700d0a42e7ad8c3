package io.trekpoint.lanes.limit;

/**
 * How a limit is applied.
 *
 * @param watched whether it only is counted and reported, and never refuses: to see what a limit
 *     would do before it does it
 * @param withoutRedis what is done while the shared count cannot be asked
 */
public record Terms(boolean watched, WithoutRedis withoutRedis) {
    /** Enforced, and kept by each process while Redis is away. */
    public static final Terms USUAL = new Terms(false, WithoutRedis.LOCAL);

    /** What is done with a charge while the shared count cannot be asked. */
    public enum WithoutRedis {
        /** Each process gives its part: of a rate its share, of a quota a small allowance. */
        LOCAL,
        /** It passes, and is not counted. */
        ADMIT,
        /** It is refused until Redis answers again. */
        REFUSE
    }
}
