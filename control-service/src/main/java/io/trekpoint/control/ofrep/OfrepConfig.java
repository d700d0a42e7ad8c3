package io.trekpoint.control.ofrep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Who may call over OFREP, and how much of it. */
@ConfigMapping(prefix = "trek.ofrep")
interface OfrepConfig {
    /**
     * Origins whose pages may call, such as {@code https://app.example.com}, or {@code *} for every
     * one; absent: no browser may.
     */
    Optional<Set<String>> browserOrigins();

    /**
     * Evaluations a second for each browser's key on this replica. Such a key lies open, so that
     * all who found it share them.
     */
    @WithDefault("2000")
    @Min(1)
    @Max(1_000_000)
    int browserRequestsPerSecond();

    /** How often an event stream with nothing to say shows that it lives. */
    @WithDefault("15s")
    Duration keepAlive();

    /** Event streams open at a time on this replica. */
    @WithDefault("10000")
    int mostStreams();
}
