package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.limit.Decision.Source;
import io.trekpoint.lanes.limit.Limit.Rate;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How what was admitted without Redis gets into the shared count. */
class DebtCarrierTest {
    private static final Rate DAY = new Rate("day", 10, Duration.ofDays(1));
    private static final Duration LONG = Duration.ofSeconds(10);

    private RedisServer redis;
    private LaneFixture fixture;
    private LocalLimiter local;
    private Limiter limiter;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        limiter = limiter(LONG);
        limiter.warmUp(LONG);
    }

    @AfterEach
    void stop() {
        fixture.close();
        redis.close();
    }

    @Test
    void asksTheSharedCountForNobodyWhoseDebtIsOnItsWay() {
        admitWithoutRedis("c", 7);
        redis.freeze();
        Thread carrying = Thread.startVirtualThread(() -> check("c", 0));
        await().until(() -> waits(carrying));
        assertThat(local.isIndebted("c")).isTrue();

        List<CompletableFuture<Decision>> checks = new ArrayList<>();
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            CompletableFuture<Decision> decision = new CompletableFuture<>();
            checks.add(decision);
            asking.add(Thread.startVirtualThread(() -> decision.complete(check("c", 1))));
        }
        await().until(() -> asking.stream().allMatch(DebtCarrierTest::waits));
        redis.thaw();
        List<Decision> decisions = checks.stream().map(CompletableFuture::join).toList();
        assertThat(decisions).extracting(Decision::source).doesNotContain(Source.LOCAL);
        assertThat(decisions).filteredOn(Decision::allowed).hasSize(3);
        assertThat(local.indebtedClients()).isZero();
    }

    @Test
    void decidesWithoutRedisOnceTheWaitForADebtHasTakenTooLong() {
        limiter = limiter(Duration.ofMillis(200));
        limiter.warmUp(LONG);
        admitWithoutRedis("c", 7);
        redis.freeze();
        CompletableFuture<Decision> carrying = CompletableFuture.supplyAsync(() -> check("c", 1));
        assertThat(check("c", 1).source()).isEqualTo(Source.LOCAL);
        assertThat(carrying.join().source()).isEqualTo(Source.LOCAL);
        assertThat(local.isIndebted("c")).isTrue();
        redis.thaw();
    }

    @Test
    void carriesTheDebtsOfManyClients() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            admitWithoutRedis("client-" + i, 4);
        }
        assertThat(limiter.carryDebts(LONG)).isEqualTo(300);
        assertThat(local.indebtedClients()).isZero();
        assertThat(check("client-299", 0).standings().getFirst().remaining()).isEqualTo(6);
    }

    @Test
    void beginsNoMoreOnceItsTimeIsOver() throws InterruptedException {
        admitWithoutRedis("c", 4);
        assertThat(limiter.carryDebts(Duration.ZERO)).isZero();
        assertThat(local.isIndebted("c")).isTrue();
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private Limiter limiter(Duration deadline) {
        Lane lane = fixture.lane(LaneName.LIMITS, deadline);
        local = new LocalLimiter(new Share(1, 1_000, 3), InstantSource.system());
        return new Limiter(
                new SharedLimiter(lane), new Reservations(lane, InstantSource.system()), local);
    }

    private void admitWithoutRedis(String client, long cost) {
        assertThat(local.check(client, List.of(new Charge(DAY, cost)), Optional.empty()).allowed())
                .isTrue();
    }

    private Decision check(String client, long cost) {
        return limiter.check(client, List.of(new Charge(DAY, cost)));
    }
}
