package io.trekpoint.api.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** What a gateway process can take in, whatever the settings would allow. */
@ConfigMapping(prefix = "trek.gateway")
public interface GatewayConfig {
    /** The largest body in bytes, as sent and inflated alike. */
    @Positive
    @WithDefault("67108864")
    long maxBody();

    /** How often an event stream with nothing to say shows that it lives. */
    @WithDefault("15s")
    Duration keepAlive();
}
