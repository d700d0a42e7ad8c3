package io.trekpoint.lanes.limit;

/**
 * What one request takes from one limit.
 *
 * @param limit from which
 * @param cost 0 to 1 000 000 000; 0 looks without taking and is never refused
 * @param terms how the limit is applied
 */
public record Charge(Limit limit, long cost, Terms terms) {
    private static final long MOST = 1_000_000_000;

    /** A charge to a limit that is enforced, and kept by each process while Redis is away. */
    public Charge(Limit limit, long cost) {
        this(limit, cost, Terms.USUAL);
    }

    /** Checks the bounds. */
    public Charge {
        if (cost < 0 || cost > MOST) {
            throw new IllegalArgumentException("a cost is 0 to " + MOST);
        }
    }
}
