package io.trekpoint.lanes.limit;

/**
 * What one request takes from one limit.
 *
 * @param limit from which
 * @param cost 0 to 1 000 000 000; 0 looks without taking and is never refused
 */
public record Charge(Limit limit, long cost) {
    private static final long MOST = 1_000_000_000;

    /** Checks the bounds. */
    public Charge {
        if (cost < 0 || cost > MOST) {
            throw new IllegalArgumentException("a cost is 0 to " + MOST);
        }
    }
}
