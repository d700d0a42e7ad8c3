package io.trekpoint.worker.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.OptionalInt;

/** How a worker process works. */
@ConfigMapping(prefix = "trek.worker")
public interface WorkerConfig {
    /** Jobs worked on at once; the number of processors unless it is given. */
    OptionalInt concurrency();

    /** The largest input in bytes, inflated, whatever the settings would allow. */
    @Positive
    @WithDefault("67108864")
    long maxBytes();

    /** The most points of an input, whatever the settings would allow. */
    @Positive
    @WithDefault("1500000")
    int maxPoints();

    /** How long a stopping worker lets jobs in hand go on. */
    @WithDefault("10s")
    Duration grace();
}
