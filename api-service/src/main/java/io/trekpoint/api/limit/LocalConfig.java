package io.trekpoint.api.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;

/** What a gateway process is told of its part in the limits while Redis does not answer. */
@ConfigMapping(prefix = "trek.limits.local")
public interface LocalConfig {
    /**
     * How many gateways share the limits at the least, whatever heartbeats say; each gives this
     * part of a rate.
     */
    @Min(1)
    @Max(10_000)
    @WithDefault("1")
    int replicas();

    /** How many clients are kept apart; those beyond share one bucket. */
    @Positive
    @WithDefault("50000")
    int maxClients();
}
