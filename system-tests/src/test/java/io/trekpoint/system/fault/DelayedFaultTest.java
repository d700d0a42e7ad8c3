package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Jobs that wait for their time while Redis is killed and comes back. They are submitted from this
 * process straight to the job store, and worked on by a packaged worker.
 */
class DelayedFaultTest {
    private static final int JOBS = Profile.of(200, 100_000);

    /** Long enough to submit them all and to kill Redis while every one still waits. */
    private static final Duration DELAY = Duration.ofSeconds(Profile.of(20, 120));

    private static final Duration SPREAD = Duration.ofSeconds(Profile.of(3, 30));
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String SUCCEEDED = "f[1] == 'succeeded'";
    private static final String EARLY = "not tonumber(f[3]) or tonumber(f[2]) < tonumber(f[3])";

    private static Product product;

    @BeforeAll
    static void start() {
        product = FaultRun.plan("delayed-faults").start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void runsEveryDelayedJobAndNoneBeforeItsTime() {
        Instant first = Instant.now().plus(DELAY);
        try (DirectLoad load = new DirectLoad(redis(), Map.of())) {
            load.submit(JOBS, n -> Optional.of(first.plus(SPREAD.multipliedBy(n).dividedBy(JOBS))));
        }
        assertThat(number("ZCARD trek:{jobs:0}:delayed")).as("all wait").isEqualTo(JOBS);

        redis().killAtOnce();
        redis().restart();

        assertThat(number("ZCARD trek:{jobs:0}:delayed")).as("all wait still").isEqualTo(JOBS);
        await("every job has run")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> number("ZCARD trek:{jobs:0}:open") == 0);
        assertThat(jobs(SUCCEEDED)).as("jobs that have succeeded").isEqualTo(JOBS);
        long early = jobs(EARLY);
        assertThat(early).as("jobs that began before their time").isZero();
        product.awaitNormal(Duration.ofSeconds(20));
        Outcomes.add(
                "F27",
                "delayed jobs, Redis killed and restarted while they wait",
                "succeeded %d, before their time %d".formatted(JOBS, early));
    }

    /** How many jobs keep a condition on f: state, first claim and time of a job, both in ms. */
    private static long jobs(String condition) {
        return number(
                "EVAL \"local n = 0 for _, k in ipairs(redis.call('KEYS', 'trek:{jobs:0}:j:*')) do"
                        + " local f = {string.match(redis.call('HGET', k, 'status'),"
                        + " '^(%S+) %S+ %S+ %S+ %S+ (%S+) .* (%S+)$')}"
                        + " if "
                        + condition
                        + " then n = n + 1 end end return n\" 0");
    }

    private static long number(String command) {
        return Long.parseLong(redis().command(command).substring(1).strip());
    }

    private static RedisServer redis() {
        return product.redis(LaneName.JOBS);
    }
}
