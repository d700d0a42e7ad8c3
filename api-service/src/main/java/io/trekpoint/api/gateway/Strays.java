package io.trekpoint.api.gateway;

import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.LocalRate;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Counts what each address sends that leads nowhere: credentials that are refused, and paths that
 * are not there. In this process alone, so that nobody can make Redis busy by guessing; and whoever
 * has a right key is served all the same, as behind a proxy or a shared address the guesses are
 * often somebody else's. Thread-safe.
 */
@Singleton
public class Strays {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final LocalRate rate;

    Strays(GatewayConfig config) {
        this.rate =
                new LocalRate(
                        new Limit.Rate("stray", config.strayRequests(), WINDOW),
                        config.strayAddresses(),
                        InstantSource.system());
    }

    /** Counts one; where an address has sent too many, when it may send the next. */
    public Optional<Duration> count(Address address) {
        return rate.take(address.text());
    }
}
