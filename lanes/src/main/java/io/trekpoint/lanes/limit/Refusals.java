package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.limit.Decision.Outcome;
import io.trekpoint.lanes.limit.Decision.Source;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Remembers refusals of the shared count until their time is over, so that who keeps asking costs
 * no round trips. Only what a rate has refused: nothing but time makes a rate admit again, while a
 * quota may be given back at any moment. A refusal holds for all requests that charge such a rate,
 * whatever else they charge, until the setting of that rate is another. Thread-safe.
 */
final class Refusals {
    private static final int MOST = 20_000;
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(100);

    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final AtomicLong lastSweep;

    private record Refusal(List<Charge> charges, Decision decision, long at, long until) {}

    /**
     * Remembers nothing yet.
     *
     * @param nanos a clock that never steps back, such as {@link System#nanoTime}
     */
    Refusals(LongSupplier nanos) {
        this.nanos = nanos;
        this.lastSweep = new AtomicLong(nanos.getAsLong() - SWEEP_INTERVAL.toNanos());
    }

    /**
     * The refusal of these charges, as it stands now; empty where none is known to hold. Says
     * nothing of limits that the refused request has not charged.
     */
    Optional<Decision> recall(String clientId, List<Charge> charges) {
        Refusal refusal = refusals.get(clientId);
        if (refusal == null) {
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        if (refusal.until - now <= 0) {
            refusals.remove(clientId, refusal);
            return Optional.empty();
        }
        Duration passed = Duration.ofNanos(now - refusal.at);
        List<Standing> standings = new ArrayList<>(charges.size());
        for (Charge charge : charges) {
            int known = indexOf(charge, refusal.charges);
            if (known >= 0) {
                long before = refusal.charges.get(known).cost();
                standings.add(
                        later(refusal.decision.standings().get(known), before, charge, passed));
            }
        }
        boolean refused =
                standings.stream().anyMatch(it -> isOfARate(it) && it.retryAfter().isPresent());
        return refused
                ? Optional.of(
                        new Decision(
                                refusal.decision.outcome(),
                                standings,
                                refusal.decision.month(),
                                Source.REMEMBERED,
                                Optional.empty()))
                : Optional.empty();
    }

    /** Remembers a decision of the shared count, if it is a refusal that time alone will end. */
    void remember(String clientId, List<Charge> charges, Decision decision) {
        if (decision.outcome() != Outcome.REFUSED) {
            return;
        }
        long wait =
                decision.standings().stream()
                        .filter(Refusals::isOfARate)
                        .flatMap(it -> it.retryAfter().stream())
                        .mapToLong(Duration::toNanos)
                        .max()
                        .orElse(0);
        if (wait == 0) {
            return;
        }
        long now = nanos.getAsLong();
        if (refusals.size() < MOST || refusals.containsKey(clientId) || makesRoom(now)) {
            refusals.put(clientId, new Refusal(charges, decision, now, now + wait));
        }
    }

    /** Forgets what is over, ten times a second at the most: it looks at every client. */
    private boolean makesRoom(long now) {
        long last = lastSweep.get();
        if (now - last >= SWEEP_INTERVAL.toNanos() && lastSweep.compareAndSet(last, now)) {
            refusals.values().removeIf(refusal -> refusal.until - now <= 0);
        }
        return refusals.size() < MOST;
    }

    private static int indexOf(Charge charge, List<Charge> charges) {
        for (int i = 0; i < charges.size(); i++) {
            Charge known = charges.get(i);
            if (known.limit().equals(charge.limit()) && known.terms().equals(charge.terms())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOfARate(Standing standing) {
        return standing.violated() && !standing.watched() && standing.limit() instanceof Limit.Rate;
    }

    /**
     * How a limit stands to a charge, a while after it stood so to one of another cost: each more
     * that is asked of a rate comes one interval later.
     */
    private static Standing later(Standing then, long before, Charge charge, Duration passed) {
        Optional<Duration> wait = then.retryAfter();
        if (charge.limit() instanceof Limit.Rate rate) {
            long dearer = (charge.cost() - before) * rate.interval();
            wait =
                    charge.cost() > rate.capacity()
                            ? Optional.empty()
                            : wait.map(it -> it.plus(dearer, ChronoUnit.MICROS))
                                    .or(() -> Optional.of(Duration.ZERO));
        }
        wait = wait.map(it -> less(it, passed));
        boolean violated =
                then.violated() && charge.cost() > 0 && !wait.equals(Optional.of(Duration.ZERO));
        return new Standing(
                then.limit(),
                then.remaining(),
                less(then.untilMore(), passed),
                violated,
                then.watched(),
                violated ? wait : Optional.of(Duration.ZERO));
    }

    private static Duration less(Duration wait, Duration passed) {
        Duration rest = wait.minus(passed);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
