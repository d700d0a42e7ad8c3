package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.lanes.redis.RedisSession;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Redis of the jobs runs, can be reached, and turns everybody away. */
class TurnedAwayFaultTest {
    private static final Duration NOTICED = Duration.ofSeconds(15);
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final int JOBS = Profile.of(60, 1_000);
    private static final int REFUSALS = Profile.of(10, 100);

    /** What a start has to read besides the jobs, a command for each. */
    private static final int LOADED = Profile.of(20_000, 50_000);

    /** What each of these takes at a start that is slow, in microseconds. */
    private static final int LOAD_DELAY = 100;

    /** How long nobody is let in. */
    private static final Duration SHUT = Duration.ofSeconds(Profile.of(2, 30));

    /** Of gateway, worker and control service together, with a load on the gateway. */
    private static final int MOST_ATTEMPTS_A_SECOND = 30;

    private static Product product;
    private final FaultRun run = new FaultRun(product);

    @BeforeAll
    static void start() {
        product = FaultRun.plan("turned-away-faults").apart(LaneName.JOBS).start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void heal() {
        product.heal();
    }

    @Test
    void refusesAndRecoversWhileAScriptDoesNotEnd() {
        redis().command("CONFIG SET busy-reply-threshold 100");
        try (Load load = run.load(JOBS);
                RedisSession endless = new RedisSession(redis())) {
            run.awaitMore(load, 20);
            endless.send("EVAL \"while true do end\" 0");
            awaitFault("busy");
            awaitBreakerOpens();

            run.submitRefused(REFUSALS);

            assertOthersUntouched();
            redis().command("SCRIPT KILL");
            product.awaitNormal(RECOVERY);
            load.awaitAll();
        }
        run.conclude("F10", "an endless EVAL: BUSY, ended by SCRIPT KILL");
    }

    @Test
    void refusesAndRecoversWhileTheDataIsRead() {
        redis().command(
                        "EVAL \"for i = 1, %d do redis.call('HSET', 'trek:slow', i, i) end\" 0"
                                .formatted(LOADED));
        try (Load load = run.load(JOBS)) {
            run.awaitMore(load, 20);
            redis().killAtOnce();
            redis().restartWith("--key-load-delay", String.valueOf(LOAD_DELAY));
            awaitFault("loading");

            run.submitRefused(REFUSALS);

            assertOthersUntouched();
            await("the data are read")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> redis().command("PING").equals("+PONG"));
            product.awaitNormal(RECOVERY);
            load.awaitAll();
        }
        redis().command("DEL trek:slow");
        run.conclude("F7", "Redis restarted with `key-load-delay`: LOADING, then read");
    }

    @Test
    void refusesAndRecoversWhereAReplicaHasLostItsPrimary() {
        try (Load load = run.load(JOBS)) {
            run.awaitMore(load, 20);
            redis().command("CONFIG SET replica-serve-stale-data no");
            redis().command("REPLICAOF 127.0.0.1 " + RedisServer.freePort());
            awaitFault("master-down");

            run.submitRefused(REFUSALS);

            assertOthersUntouched();
            redis().command("REPLICAOF NO ONE");
            product.awaitNormal(RECOVERY);
            load.awaitAll();
        }
        run.conclude("F5", "a replica without its primary that serves no stale reads: MASTERDOWN");
    }

    @Test
    void raisesNoStormWhereThereIsNoRoomForClients() {
        try (Load load = run.load(JOBS);
                RedisSession only = new RedisSession(redis())) {
            run.awaitMore(load, 20);
            long before = only.info("stats", "rejected_connections");
            long shut = System.nanoTime();
            only.command("CONFIG SET maxclients 1");
            only.command("CLIENT KILL TYPE normal SKIPME yes");
            await("every service knows that its jobs are out of reach")
                    .atMost(NOTICED)
                    .until(() -> inReach().isEmpty());

            run.submitRefused(REFUSALS);
            await("nobody is let in")
                    .atMost(SHUT.plus(NOTICED))
                    .during(SHUT)
                    .until(() -> inReach().isEmpty());

            double seconds = Duration.ofNanos(System.nanoTime() - shut).toMillis() / 1_000.0;
            long attempts = only.info("stats", "rejected_connections") - before;
            assertThat(attempts / seconds)
                    .as("connections asked for in a second")
                    .isBetween(0.1, (double) MOST_ATTEMPTS_A_SECOND);
            assertOthersUntouched();
            only.command("CONFIG SET maxclients 10000");
            product.awaitNormal(RECOVERY);
            load.awaitAll();
            run.conclude(
                    "F22",
                    "`maxclients` 1, taken: %.0f attempts a second at connecting"
                            .formatted(attempts / seconds));
        }
    }

    private static void awaitFault(String fault) {
        await("the gateway says that the lane of the jobs is " + fault)
                .atMost(NOTICED)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> product.gateway().fault(LaneName.JOBS), fault::equals);
    }

    private static void awaitBreakerOpens() {
        await("the breaker of the jobs is open")
                .atMost(NOTICED)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> product.gateway().metric("trek_lane_breaker", "jobs") == 2);
    }

    /** The services that can read or write jobs. */
    private static List<Service> inReach() {
        return product.services().stream()
                .filter(service ->
                        service.metric("trek_lane_readable", "lane=\"jobs\"") > 0
                                || service.metric("trek_lane_writable", "lane=\"jobs\"") > 0)
                .toList();
    }

    /** Nothing but jobs and their results has left normal, and no process has ended. */
    private static void assertOthersUntouched() {
        assertThat(product.modesUnlikeNormal().values())
                .allSatisfy(concerns -> assertThat(concerns).isSubsetOf("jobs", "results"));
        assertThat(product.services())
                .allMatch(Service::runs)
                .allSatisfy(service ->
                        assertThat(service.caller().get("/q/health/live").status()).isEqualTo(200));
    }

    private static RedisServer redis() {
        return product.redis(LaneName.JOBS);
    }
}
