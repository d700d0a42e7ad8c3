package io.trekpoint.lanes.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How each lane is guarded. */
@ConfigMapping(prefix = "trek.lanes")
public interface LaneConfig {
    /** The lane of jobs and results. */
    JobsGuard jobs();

    /** The lane of limits. */
    LimitsGuard limits();

    /** The lane of flags, settings and clients. */
    ControlGuard control();

    /** What every lane declares. */
    interface LaneGuard {
        /** The longest a command may take, waiting for a connection included. */
        Duration deadline();

        /** How many recent commands the breaker judges by. */
        @Min(2)
        @WithDefault("20")
        int breakerVolume();

        /** The share of them (0 to 1) without an answer that opens it. */
        @DecimalMin("0.01")
        @DecimalMax("1")
        @WithDefault("0.5")
        double breakerRatio();

        /** How long an open breaker keeps commands back before it tries one. */
        @WithDefault("1s")
        Duration breakerDelay();
    }

    /** The guard of the jobs lane. */
    interface JobsGuard extends LaneGuard {
        @Override
        @WithDefault("250ms")
        Duration deadline();
    }

    /**
     * The guard of the limits lane: on the path of every request, so it has the shortest patience.
     */
    interface LimitsGuard extends LaneGuard {
        @Override
        @WithDefault("50ms")
        Duration deadline();
    }

    /** The guard of the control lane. */
    interface ControlGuard extends LaneGuard {
        @Override
        @WithDefault("250ms")
        Duration deadline();
    }
}
