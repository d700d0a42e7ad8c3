package io.trekpoint.api.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** What the gateway takes in. */
@ConfigMapping(prefix = "trek.gateway")
public interface GatewayConfig {
    /** The largest body in bytes, as sent and inflated alike. */
    @Positive
    @WithDefault("52428800")
    long maxBody();

    /** The longest a client may ask to wait for a job with {@code Prefer: wait}. */
    @WithDefault("30s")
    Duration longestWait();
}
