package io.trekpoint.lanes.limit;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one client owes the shared count for rates that this process has admitted by itself, and
 * what it owed that count when it last answered. A debt is earned back at this process's share of
 * the rate and no faster: then the debts of all processes together are never less than what all of
 * them have admitted. Not thread-safe.
 */
final class LocalDebts {
    private final Map<String, Owed> here = new HashMap<>(2);
    private final Map<String, Long> seen = new HashMap<>(4);

    /**
     * A debt of this process.
     *
     * @param rate the rate as it was applied last
     * @param micros how much, in the time in which the shared count earns it back
     * @param at as of when, microseconds since 1970
     * @param replicas how many processes shared the rate then
     */
    private record Owed(Limit.Rate rate, long micros, long at, int replicas) {
        /** When the share has changed since is not known: it is taken to have been the smaller. */
        long rest(int replicasNow, Moment moment) {
            long passed = Math.max(0, moment.micros() - at);
            return Math.max(0, micros - passed / Math.max(replicas, replicasNow));
        }
    }

    void owe(Limit.Rate rate, long cost, int replicas, Moment moment) {
        add(rate, cost * rate.interval(), replicas, moment);
    }

    boolean owesAnything(int replicas, Moment moment) {
        return here.values().stream().anyMatch(owed -> owed.rest(replicas, moment) > 0);
    }

    void see(Standing standing, Limit.Rate rate, Moment moment) {
        long untilMore = standing.untilMore().toNanos() / ChronoUnit.MICROS.getDuration().toNanos();
        long free = (standing.remaining() + 1) * rate.interval() - untilMore;
        long owed = untilMore == 0 ? 0 : rate.requests() * rate.interval() - free;
        seen.put(rate.name(), moment.micros() + owed);
    }

    List<Debt.OfRate> take(int replicas, Moment moment) {
        List<Debt.OfRate> taken = new ArrayList<>();
        here.values()
                .forEach(owed -> {
                    long rest = owed.rest(replicas, moment);
                    if (rest > 0) {
                        long known = seen.getOrDefault(owed.rate.name(), 0L) - moment.micros();
                        taken.add(new Debt.OfRate(owed.rate, rest, Math.max(0, known)));
                    }
                });
        here.clear();
        return taken;
    }

    void putBack(List<Debt.OfRate> debts, int replicas, Moment moment) {
        debts.forEach(debt -> add(debt.rate(), debt.owed(), replicas, moment));
    }

    /** Nobody owes more than a spent burst, however the clock steps. */
    private void add(Limit.Rate rate, long micros, int replicas, Moment moment) {
        Owed before = here.get(rate.name());
        long rest = before == null ? 0 : before.rest(replicas, moment);
        long owed = Math.min(rate.requests() * rate.interval(), rest + micros);
        here.put(rate.name(), new Owed(rate, owed, moment.micros(), replicas));
    }
}
