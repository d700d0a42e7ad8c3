package io.trekpoint.lanes.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;

/** The numbers of the job protocol. Services that share a data set are given the same ones. */
@ConfigMapping(prefix = "trek.jobs")
public interface JobConfig {
    /**
     * How many shards the data set has; fixed for its life. Each costs a gateway one waiting
     * connection.
     */
    @Min(1)
    @Max(4)
    @WithDefault("1")
    int shards();

    /** How long a claim holds without being renewed. Renewed every third of it. */
    @WithDefault("10s")
    Duration lease();

    /** How many times a job may be claimed before it fails. */
    @Min(1)
    @Max(100)
    @WithDefault("3")
    int maxAttempts();

    /** How long an ended job and its result are kept. */
    @WithDefault("24h")
    Duration retention();

    /** How long the tombstone of an expired job answers 410. */
    @WithDefault("7d")
    Duration tombstone();

    /** Bytes that inputs and outputs may hold in one shard; 0 for no bound. */
    @PositiveOrZero
    @WithDefault("1073741824")
    long byteBudget();

    /** What is set aside for the output of a job, as a multiple of its stored input. */
    @PositiveOrZero
    @WithDefault("3")
    int outputAllowance();

    /** How long input chunks wait for their submit. */
    @WithDefault("10m")
    Duration inputTtl();

    /** How long output chunks wait for their finish. */
    @WithDefault("1h")
    Duration outputTtl();

    /** How long an idempotency key is remembered. */
    @WithDefault("24h")
    Duration idempotencyTtl();

    /** About how many changes of state the events stream keeps. */
    @Min(100)
    @WithDefault("20000")
    int eventsKept();
}
