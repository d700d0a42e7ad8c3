package io.trekpoint.control.ofrep;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many evaluations each browser's key still has on this replica, as a bucket that holds one
 * second's worth and fills evenly. Thread-safe.
 */
@Singleton
final class BrowserBudget {
    private static final long SECOND = 1_000_000;

    private final InstantSource clock;
    private final long microsEach;
    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();

    BrowserBudget(OfrepConfig config, InstantSource clock) {
        this.clock = clock;
        this.microsEach = SECOND / config.browserRequestsPerSecond();
    }

    /** Takes one evaluation; false where none is left. */
    boolean take(String clientId) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        long[] next = new long[1];
        arrivals.merge(
                clientId,
                now + microsEach,
                (known, fresh) -> {
                    next[0] = Math.max(known, now) + microsEach;
                    return next[0] - now > SECOND ? known : next[0];
                });
        return next[0] - now <= SECOND;
    }
}
