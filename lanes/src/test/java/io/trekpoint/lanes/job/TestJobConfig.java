package io.trekpoint.lanes.job;

import java.time.Duration;
import java.util.Map;

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
                new JobRules.Line(
                        Map.of(Priority.HIGH, 20, Priority.NORMAL, 10, Priority.LOW, 5),
                        Duration.ofSeconds(30),
                        Duration.ofDays(1)),
                new JobRules.Attempts(maxAttempts, Duration.ofMillis(1), Duration.ofMillis(1)),
                new JobRules.Room(byteBudget, 3, inputTtl, outputTtl),
                new JobRules.Kept(
                        retention,
                        1L << 30,
                        retention,
                        1L << 30,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        1000));
    }
}
