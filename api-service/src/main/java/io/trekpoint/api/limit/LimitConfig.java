package io.trekpoint.api.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The rate limit of the gateway. */
@ConfigMapping(prefix = "trek.limits")
public interface LimitConfig {
    /** What each API key may do at once. */
    Burst burst();

    /** A rate with a burst. */
    interface Burst {
        /** Requests that may come at once, and that are earned back in each window. */
        @WithDefault("20")
        long requests();

        /** The window; whole seconds. */
        @WithDefault("1s")
        Duration window();
    }
}
