package io.trekpoint.lanes.limit;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What jobs to come have taken of one client's quotas in this process, each until it is given back
 * or its month is over. Only those that have taken something are known, and so no more than what
 * the process may give of a quota. Not thread-safe.
 */
final class LocalReservations {
    private final Map<String, Map<String, Taken>> known = new HashMap<>(2);

    /**
     * What was taken of one quota.
     *
     * @param month in which
     * @param amount at least 1
     */
    record Taken(YearMonth month, long amount) {
        boolean in(YearMonth that) {
            return month.equals(that);
        }
    }

    /** Makes one for a job, of what was taken for it. */
    Reservation make(JobToCome job, List<Charge> charges, YearMonth month) {
        known.values().removeIf(them -> them.values().stream().anyMatch(it -> !it.in(month)));
        Map<String, Taken> taken = new HashMap<>(2);
        for (Charge charge : charges) {
            if (charge.limit() instanceof Limit.MonthlyQuota quota && charge.cost() > 0) {
                taken.put(quota.name(), new Taken(month, charge.cost()));
            }
        }
        if (!taken.isEmpty()) {
            known.put(job.id(), taken);
        }
        return new Reservation(job.id(), true);
    }

    /**
     * Ends one.
     *
     * @param giveBack is told each quota, and what was taken of it
     * @return false where it is not known, or has ended
     */
    boolean end(String name, BiConsumer<String, Taken> giveBack) {
        Map<String, Taken> taken = known.remove(name);
        if (taken == null) {
            return false;
        }
        taken.forEach(giveBack);
        return true;
    }
}
