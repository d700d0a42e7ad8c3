package io.trekpoint.worker.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.OptionalInt;

/** How a worker works. */
@ConfigMapping(prefix = "trek.worker")
public interface WorkerConfig {
    /** Jobs worked on at once; the number of processors unless it is given. */
    OptionalInt concurrency();

    /** How long one attempt of a job may compute. */
    @WithDefault("60s")
    Duration timeLimit();

    /** The largest input in bytes, inflated. */
    @Positive
    @WithDefault("67108864")
    long maxBytes();

    /** The most points of an input: waypoints, route points and track points together. */
    @Positive
    @WithDefault("1500000")
    int maxPoints();

    /** The most tracks, segments and routes of an input together. */
    @Positive
    @WithDefault("10000")
    int maxLines();

    /** How long a stopping worker lets jobs in hand go on. */
    @WithDefault("10s")
    Duration grace();
}
