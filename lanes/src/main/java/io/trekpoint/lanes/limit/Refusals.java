package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.limit.Decision.Outcome;
import io.trekpoint.lanes.limit.Decision.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers refusals of the shared count until their time is over, so that who keeps asking costs
 * no round trips. Only what a rate has refused: nothing but time makes a rate admit again, while a
 * quota may be given back at any moment. A refusal holds for the very same charges, so that a
 * changed setting is asked anew. Thread-safe.
 */
final class Refusals {
    private static final int MOST = 20_000;

    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Refusal> refusals = new ConcurrentHashMap<>();

    private record Refusal(List<Charge> charges, Decision decision, long at, long until) {}

    /**
     * Remembers nothing yet.
     *
     * @param nanos a clock that never steps back, such as {@link System#nanoTime}
     */
    Refusals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The refusal of these charges, as it stands now; empty where none is known to hold. */
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
        return refusal.charges.equals(charges)
                ? Optional.of(later(refusal.decision, Duration.ofNanos(now - refusal.at)))
                : Optional.empty();
    }

    /** Remembers a decision of the shared count, if it is a refusal that time alone will end. */
    void remember(String clientId, List<Charge> charges, Decision decision) {
        if (decision.outcome() != Outcome.REFUSED) {
            return;
        }
        long wait =
                decision.standings().stream()
                        .filter(it -> it.violated() && !it.watched())
                        .filter(it -> it.limit() instanceof Limit.Rate)
                        .flatMap(it -> it.retryAfter().stream())
                        .mapToLong(Duration::toNanos)
                        .max()
                        .orElse(0);
        if (wait == 0) {
            return;
        }
        long now = nanos.getAsLong();
        if (refusals.size() >= MOST) {
            refusals.values().removeIf(refusal -> refusal.until - now <= 0);
        }
        if (refusals.size() < MOST) {
            refusals.put(clientId, new Refusal(charges, decision, now, now + wait));
        }
    }

    private static Decision later(Decision decision, Duration passed) {
        List<Standing> standings =
                decision.standings().stream().map(standing -> later(standing, passed)).toList();
        return new Decision(
                decision.outcome(),
                standings,
                decision.month(),
                Source.REMEMBERED,
                Optional.empty());
    }

    private static Standing later(Standing standing, Duration passed) {
        return new Standing(
                standing.limit(),
                standing.remaining(),
                less(standing.untilMore(), passed),
                standing.violated(),
                standing.watched(),
                standing.retryAfter().map(wait -> less(wait, passed)));
    }

    private static Duration less(Duration wait, Duration passed) {
        Duration rest = wait.minus(passed);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
