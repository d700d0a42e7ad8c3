package io.trekpoint.lanes.job;

import java.time.Duration;

/** The protocol's numbers for tests. */
record TestJobConfig(
        int shards,
        Duration lease,
        int maxAttempts,
        Duration retention,
        long byteBudget,
        Duration inputTtl,
        Duration outputTtl)
        implements JobConfig {

    static TestJobConfig usual() {
        return new TestJobConfig(
                1,
                Duration.ofSeconds(10),
                3,
                Duration.ofHours(1),
                0,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
    }

    TestJobConfig withLease(Duration shorter) {
        return new TestJobConfig(
                shards, shorter, maxAttempts, retention, byteBudget, inputTtl, outputTtl);
    }

    TestJobConfig withMaxAttempts(int fewer) {
        return new TestJobConfig(shards, lease, fewer, retention, byteBudget, inputTtl, outputTtl);
    }

    TestJobConfig withRetention(Duration shorter) {
        return new TestJobConfig(
                shards, lease, maxAttempts, shorter, byteBudget, inputTtl, outputTtl);
    }

    TestJobConfig withByteBudget(long bytes) {
        return new TestJobConfig(shards, lease, maxAttempts, retention, bytes, inputTtl, outputTtl);
    }

    TestJobConfig withInputTtl(Duration shorter) {
        return new TestJobConfig(
                shards, lease, maxAttempts, retention, byteBudget, shorter, outputTtl);
    }

    TestJobConfig withShards(int more) {
        return new TestJobConfig(
                more, lease, maxAttempts, retention, byteBudget, inputTtl, outputTtl);
    }

    TestJobConfig withOutputTtl(Duration shorter) {
        return new TestJobConfig(
                shards, lease, maxAttempts, retention, byteBudget, inputTtl, shorter);
    }

    JobRules rules() {
        return new JobRules(
                lease,
                maxAttempts,
                retention,
                Duration.ofHours(1),
                byteBudget,
                3,
                inputTtl,
                outputTtl,
                Duration.ofHours(1),
                1000);
    }
}
