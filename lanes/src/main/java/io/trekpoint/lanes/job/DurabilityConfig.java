package io.trekpoint.lanes.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the submits of this process wait for. */
@ConfigMapping(prefix = "trek.jobs")
public interface DurabilityConfig {
    /** {@code local}, or {@code replicated} where the Redis of the jobs has replicas. */
    @WithDefault("local")
    Durability durability();

    /**
     * How long a replicated submit waits for a replica before it is answered as unconfirmed; all of
     * it where there is none.
     */
    @WithDefault("100ms")
    Duration replicaWait();
}
