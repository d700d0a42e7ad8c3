package io.trekpoint.lanes.limit;

/**
 * The generic cell rate algorithm in whole microseconds. All it remembers of the past is the
 * theoretical arrival time (TAT): when everything admitted so far will have been earned back.
 *
 * @param interval in which one unit of cost is earned back, at least 1
 * @param burst what may come at once, at least 1
 * @param ceiling the greatest cost that is ever admitted, at least the burst; one above the burst
 *     waits until nothing is owed. Also bounds what may be owed, so that a clock that steps back
 *     locks nobody out for longer than the ceiling's time
 */
record Gcra(long interval, long burst, long ceiling) {
    /** The wait that never ends. */
    static final long NEVER = -1;

    /** A part of a rate, for one of several replicas that cannot count together. */
    static Gcra share(Limit.Rate rate, int replicas) {
        return new Gcra(
                rate.interval() * replicas,
                Math.max(1, rate.requests() / replicas),
                rate.requests());
    }

    /** A remembered TAT as it counts now. */
    long clamp(long tat, long now) {
        return Math.max(now, Math.min(tat, now + ceiling * interval));
    }

    /** The TAT after a cost has been admitted. */
    long after(long tat, long cost) {
        return tat + cost * interval;
    }

    /** Time until a cost would be admitted; 0 at once, {@link #NEVER} when above the ceiling. */
    long waitFor(long cost, long tat, long now) {
        if (cost == 0) {
            return 0;
        }
        if (cost > ceiling) {
            return NEVER;
        }
        return Math.max(0, after(tat, cost) - (now + Math.max(burst, cost) * interval));
    }

    /** How much could be admitted at once. */
    long remaining(long tat, long now) {
        return Math.clamp(Math.floorDiv(free(tat, now), interval), 0, burst);
    }

    /** Time until {@link #remaining} grows; 0 when nothing is owed. */
    long untilMore(long tat, long now) {
        long remaining = remaining(tat, now);
        return remaining == burst ? 0 : (remaining + 1) * interval - free(tat, now);
    }

    private long free(long tat, long now) {
        return burst * interval - (tat - now);
    }
}
