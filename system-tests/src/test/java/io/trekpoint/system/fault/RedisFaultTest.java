package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis killed, full, forgetful or emptied in part, under load. */
class RedisFaultTest {
    private static final String SHARD = "trek:{jobs:0}:";
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static Product product;
    private final FaultRun run = new FaultRun(product);

    @BeforeAll
    static void start() {
        product = FaultRun.plan("redis-faults").start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void heal() {
        product.worker().thaw();
        product.heal();
    }

    @Test
    void losesNothingWhenItIsKilled() {
        try (Load load = run.load(Profile.of(100, 2_000))) {
            run.awaitMore(load, 20);
            run.redis().killAtOnce();
            run.redis().restart();
            load.awaitAll();
        }

        run.conclude("F1", "`kill -9` of Redis under load, appendfsync always");
    }

    @Test
    void goesOnConsumingAfterManyRestarts() {
        int restarts = Profile.of(3, 20);
        try (Load load = run.load(Profile.of(120, 2_000))) {
            for (int i = 0; i < restarts; i++) {
                run.awaitMore(load, 5);
                run.redis().killAtOnce();
                run.redis().restart();
            }
            load.awaitAll();
        }

        run.conclude("F24", restarts + " restarts of Redis in a row under load");
    }

    @Test
    void isBackSoonUnderManyConnectionsAndWaitingJobs() {
        int waiting = Profile.of(1_000, 10_000);
        int connections = 200;
        long kept = product.jobKeys("j:*");
        product.worker().freeze();
        run.submit(20);
        try (DirectLoad load = new DirectLoad(run.redis(), Map.of())) {
            load.submit(waiting, _ -> Optional.empty());
        }
        try (Crowd crowd = new Crowd(run.redis(), connections)) {
            int connected = Integer.parseInt(run.redis().info("connected_clients"));
            product.worker().thaw();
            run.redis().killAtOnce();
            run.redis().restart();
            product.awaitNormal(RECOVERY);
            crowd.awaitAnswered(RECOVERY);

            assertThat(Integer.parseInt(run.redis().info("total_connections_received")))
                    .as("connections since, where %d were before", connected)
                    .isLessThan(2 * connected);
        }
        await("every job that waited has ended")
                .atMost(Duration.ofMinutes(2))
                .until(() -> run.redis().command("ZCARD " + SHARD + "open").equals(":0"));

        assertThat(product.jobKeys("j:*") - kept).as("jobs").isEqualTo(20 + waiting);
        run.conclude(
                "F19",
                "Redis killed and restarted under %d connections and %d waiting jobs"
                        .formatted(connections, waiting));
    }

    @Test
    void worksOnWhileMemoryHasRunOut() {
        String expired = ended();
        String lost = active();
        product.worker().kill();
        run.submit(20);
        run.redis().command("ZADD " + SHARD + "ended 0 " + expired);
        run.redis().command("CONFIG SET maxmemory 1mb");
        product.worker().launch();

        await("the jobs end without room for a submit")
                .atMost(Duration.ofSeconds(30))
                .until(() -> run.history().acknowledged().stream().noneMatch(this::open));
        await("the job of the lost worker is taken back and ends")
                .atMost(Duration.ofSeconds(60))
                .until(() -> state(lost).equals("succeeded"));
        await("a job whose retention is over goes")
                .atMost(Duration.ofSeconds(30))
                .until(() -> product.client("pro").get("/v1/jobs/" + expired).status() == 410);
        Answer refused = product.client("partner").export("kml", Gpx.walk());
        await("limits go local").until(() -> product.gateway().mode("limits").equals("local"));
        run.redis().command("CONFIG SET maxmemory 0");

        assertThat(refused.status()).as("%s", refused).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        run.conclude(
                "F3",
                "`maxmemory` below what is used: submits refused, 20 jobs and one of a lost worker ended, an old one expired, limits local");
    }

    @Test
    void loadsItsScriptsAgain() {
        try (Load load = run.load(Profile.of(60, 1_000))) {
            for (int i = 0; i < 5; i++) {
                run.awaitMore(load, 5);
                run.redis().command("SCRIPT FLUSH");
            }
            load.awaitAll();
        }

        run.conclude("F9", "`SCRIPT FLUSH` five times under load");
    }

    @Test
    void findsTheJobsOfALineThatIsGone() {
        product.worker().freeze();
        run.submit(20);
        for (String key : new String[] {"s:0", "s:1", "s:2", "wake", "events"}) {
            run.redis().command("DEL " + SHARD + key);
        }
        product.worker().thaw();

        run.conclude("F17", "work streams, wake list and events deleted under blocked reads");
    }

    @Test
    void repairsJobsWhoseLeaseIsGoneOrNeverWas() {
        String held = active();
        product.worker().freeze();
        run.submit(3);
        // The first one is taken by the claim that lies at Redis behind the worker's wait.
        String marked = run.history().acknowledged().getLast();
        String deleted = run.redis().command("ZREM " + SHARD + "lease " + held);
        markActive(marked);
        product.worker().thaw();

        assertThat(deleted).as("there was a lease").isEqualTo(":1");
        await("the held job ends")
                .atMost(Duration.ofSeconds(60))
                .until(() -> state(held).equals("succeeded"));
        assertThat(product.events(held, "succeeded")).isEqualTo(1);
        run.conclude("F25", "a lease deleted, a job marked active without one");
        await("the repair is counted").atMost(Duration.ofSeconds(10)).until(() -> repairs() > 0);
    }

    /** Writes the state and the token into a job's status: its first word and its fourth. */
    private void markActive(String job) {
        run.redis()
                .command(
                        "EVAL \"local status = redis.call('HGET', KEYS[1], 'status')"
                                + " status = string.gsub(status, '^%S+ (%S+ %S+) %S+',"
                                + " 'active %1 nobody')"
                                + " return redis.call('HSET', KEYS[1], 'status', status)\" 1 "
                                + SHARD
                                + "j:"
                                + job);
    }

    /** A job that a worker has, and will have for a while. */
    private static String active() {
        Answer answer = product.client("pro").exportOfASpiral(30_000_000);
        String job = answer.json().path("id").asText();
        await("a worker has it")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> state(job).equals("active"));
        return job;
    }

    private static String ended() {
        Answer answer = product.client("pro").export("kml", Gpx.walk());
        String job = answer.json().path("id").asText();
        await().until(() -> state(job).equals("succeeded"));
        return job;
    }

    private static String state(String job) {
        return product.client("pro").get("/v1/jobs/" + job).json().path("state").asText();
    }

    private static double repairs() {
        return product.worker()
                .metrics()
                .lines()
                .filter(line -> line.startsWith("trek_jobs_repairs_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private boolean open(String job) {
        Answer answer = product.client("partner").get("/v1/jobs/" + job);
        return answer.status() != 200 || !answer.json().has("finishedAt");
    }
}
