package io.trekpoint.lanes.job;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The protocol's numbers for tests. Immutable: each change makes a copy. */
final class TestJobConfig implements JobConfig {
    private int shards = 1;
    private Duration lease = Duration.ofSeconds(10);
    private int maxAttempts = 3;
    private Duration retention = Duration.ofHours(1);
    private long retainedBytes = 1L << 30;
    private long deadBytes = 1L << 30;
    private long byteBudget;
    private Duration inputTtl = Duration.ofMinutes(1);
    private Duration outputTtl = Duration.ofMinutes(1);
    private Duration ageingStep = Duration.ofSeconds(30);
    private Duration backoff = Duration.ofMillis(1);
    private int freeCap = 5;

    private TestJobConfig() {}

    static TestJobConfig usual() {
        return new TestJobConfig();
    }

    @Override
    public int shards() {
        return shards;
    }

    TestJobConfig withShards(int more) {
        return with(copy -> copy.shards = more);
    }

    TestJobConfig withLease(Duration shorter) {
        return with(copy -> copy.lease = shorter);
    }

    TestJobConfig withMaxAttempts(int fewer) {
        return with(copy -> copy.maxAttempts = fewer);
    }

    TestJobConfig withRetention(Duration shorter) {
        return with(copy -> copy.retention = shorter);
    }

    TestJobConfig withRetainedBytes(long bytes) {
        return with(copy -> copy.retainedBytes = bytes);
    }

    TestJobConfig withDeadBytes(long bytes) {
        return with(copy -> copy.deadBytes = bytes);
    }

    TestJobConfig withByteBudget(long bytes) {
        return with(copy -> copy.byteBudget = bytes);
    }

    TestJobConfig withInputTtl(Duration shorter) {
        return with(copy -> copy.inputTtl = shorter);
    }

    TestJobConfig withOutputTtl(Duration shorter) {
        return with(copy -> copy.outputTtl = shorter);
    }

    TestJobConfig withAgeingStep(Duration shorter) {
        return with(copy -> copy.ageingStep = shorter);
    }

    TestJobConfig withBackoff(Duration longer) {
        return with(copy -> copy.backoff = longer);
    }

    TestJobConfig withFreeCap(int jobs) {
        return with(copy -> copy.freeCap = jobs);
    }

    JobRules rules() {
        return new JobRules(
                lease,
                new JobRules.Line(
                        Map.of(Priority.HIGH, 20, Priority.NORMAL, 10, Priority.LOW, freeCap),
                        ageingStep,
                        Duration.ofDays(1)),
                new JobRules.Attempts(maxAttempts, backoff, backoff.multipliedBy(4)),
                new JobRules.Room(byteBudget, 3, inputTtl, outputTtl),
                new JobRules.Kept(
                        retention,
                        retainedBytes,
                        retention,
                        deadBytes,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        1000));
    }

    private TestJobConfig with(Consumer<TestJobConfig> change) {
        TestJobConfig copy = new TestJobConfig();
        copy.shards = shards;
        copy.lease = lease;
        copy.maxAttempts = maxAttempts;
        copy.retention = retention;
        copy.retainedBytes = retainedBytes;
        copy.deadBytes = deadBytes;
        copy.byteBudget = byteBudget;
        copy.inputTtl = inputTtl;
        copy.outputTtl = outputTtl;
        copy.ageingStep = ageingStep;
        copy.backoff = backoff;
        copy.freeCap = freeCap;
        change.accept(copy);
        return copy;
    }
}
