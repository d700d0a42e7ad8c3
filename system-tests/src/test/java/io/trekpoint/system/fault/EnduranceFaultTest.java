package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Very many jobs that come and go, kept for a second and a few bytes, leave nothing behind. They
 * are submitted from this process straight to the job store; a packaged worker works on them,
 * deletes them and does all its other sweeps meanwhile.
 */
class EnduranceFaultTest {
    private static final int FIRST = Profile.of(1_000, 10_000);
    private static final int ALL = Profile.of(2_500, 1_000_000);
    private static final int AT_ONCE = Profile.of(250, 500);
    private static final int MOST_OPEN = 4 * AT_ONCE;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** In an order that keeps the rules between settings at each step. */
    private static final Map<String, JsonNode> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("jobs.input-ttl", TextNode.valueOf("1s"));
        SETTINGS.put("jobs.idempotency-ttl", TextNode.valueOf("1s"));
        SETTINGS.put("jobs.retention", TextNode.valueOf("1s"));
        SETTINGS.put("jobs.tombstone", TextNode.valueOf("1s"));
        SETTINGS.put("jobs.retained-bytes", IntNode.valueOf(256 << 10));
        SETTINGS.put("jobs.events-kept", IntNode.valueOf(100));
    }

    private static Product product;
    private static DirectLoad load;

    @BeforeAll
    static void start() {
        Plan plan = Plan.named("endurance-faults");
        SETTINGS.forEach((key, value) -> plan.setting(key, value.toString()));
        product = plan.start();
        load = new DirectLoad(product.redis(LaneName.JOBS), SETTINGS);
    }

    @AfterAll
    static void stop() {
        load.close();
        product.close();
    }

    @Test
    void leavesNoMoreBehindThanTheFirstJobsDid() {
        work(FIRST);
        long steady = memoryAtRest();

        work(ALL - FIRST);
        long bound = steady + steady / 10;
        long after =
                await("used memory is within a tenth of " + steady)
                        .atMost(PATIENCE)
                        .until(EnduranceFaultTest::memoryAtRest, used -> used <= bound);

        assertThat(
                        product.worker()
                                .metric("trek_job_attempts_seconds_count", "outcome=\"succeeded\""))
                .as("jobs that have succeeded")
                .isEqualTo(ALL);
        Outcomes.add(
                "F26",
                "jobs kept for a second and 256 KiB, memory compared with that after the first "
                        + FIRST,
                "succeeded %d, used memory %d bytes then, %d bytes at the end"
                        .formatted(ALL, steady, after));
    }

    /** Brings that many jobs through, few open at once. */
    private static void work(int jobs) {
        for (int left = jobs; left > 0; left -= AT_ONCE) {
            load.submit(Math.min(left, AT_ONCE), _ -> Optional.empty());
            awaitOpen(MOST_OPEN - AT_ONCE);
        }
        awaitOpen(0);
    }

    private static void awaitOpen(int most) {
        await("at most %d jobs are open".formatted(most))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> number("ZCARD trek:{jobs:0}:open") <= most);
    }

    /** Used memory in bytes once nothing of any job is left, nor of any claim. */
    private static long memoryAtRest() {
        await("every job is gone, its tombstone and key, and what its claim is remembered by")
                .atMost(PATIENCE)
                .until(() ->
                        Stream.of("j:*", "gone:*", "d:*", "k:*").mapToLong(product::jobKeys).sum()
                                == 0);
        return Long.parseLong(redis().info("used_memory").strip());
    }

    private static long number(String command) {
        return Long.parseLong(redis().command(command).substring(1).strip());
    }

    private static RedisServer redis() {
        return product.redis(LaneName.JOBS);
    }
}
