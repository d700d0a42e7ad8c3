package io.trekpoint.lanes.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a process may admit by itself while the limits lane cannot answer. */
@ConfigMapping(prefix = "trek.limits.local")
public interface LocalLimits {
    /** How many processes share the limits; each gives this part of a rate. */
    @WithDefault("1")
    int replicas();

    /** How many clients are kept apart; those beyond share one bucket. */
    @WithDefault("50000")
    int maxClients();

    /** What one client may take of each monthly quota from this process, per month. */
    @WithDefault("3")
    long quotaAllowance();

    /** When to come back once that allowance is used up: the lane may be well again by then. */
    @WithDefault("10s")
    Duration retryAfter();
}
