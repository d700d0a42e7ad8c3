package io.trekpoint.control.ofrep;

import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.LocalRate;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How many evaluations each browser's key still has on this replica, as a bucket that holds one
 * second's worth and fills evenly. Thread-safe.
 */
@Singleton
final class BrowserBudget {
    private static final int MOST_KEYS = 10_000;

    private final LocalRate evaluations;

    BrowserBudget(OfrepConfig config, InstantSource clock) {
        Limit.Rate rate =
                new Limit.Rate(
                        "evaluations", config.browserRequestsPerSecond(), Duration.ofSeconds(1));
        this.evaluations = new LocalRate(rate, MOST_KEYS, clock);
    }

    /** Takes one evaluation; false where none is left. */
    boolean take(String clientId) {
        return evaluations.take(clientId).isEmpty();
    }
}
