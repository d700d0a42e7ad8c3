package io.trekpoint.lanes.limit;

import java.time.Duration;

/** What a process may admit by itself while the limits lane cannot answer; read anew each time. */
public interface LocalLimits {
    /** How many processes share the limits; each gives this part of a rate. */
    int replicas();

    /** How many clients are kept apart; those beyond share one bucket. */
    int maxClients();

    /** What one client may take of each monthly quota from this process, per month. */
    long quotaAllowance();

    /** When to come back once that allowance is used up: the lane may be well again by then. */
    Duration retryAfter();
}
