package io.trekpoint.lanes.limit;

import java.time.Duration;

/** A process's part of the limits, as a test wants it. */
record Share(int replicas, int maxClients, long quotaAllowance) implements LocalLimits {
    static final Share ALONE = new Share(1, 100, 3);

    @Override
    public Duration retryAfter() {
        return Duration.ofSeconds(10);
    }
}
