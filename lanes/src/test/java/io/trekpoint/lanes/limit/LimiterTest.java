package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.limit.Decision.Source;
import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import io.trekpoint.lanes.limit.Limit.Rate;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimiterTest {
    private static final Rate DAY = new Rate("day", 10, Duration.ofDays(1));
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 40);

    private RedisServer redis;
    private LaneFixture fixture;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
    }

    @AfterEach
    void stop() {
        fixture.close();
        redis.close();
    }

    @Test
    void answersLocallyWhileRedisIsDeadAndSharedAgainOnceItIsBack() {
        Limiter limiter = limiter(Duration.ofSeconds(2));
        assertThat(check(limiter, DAY, 8).source()).isEqualTo(Source.REDIS);
        assertThat(limiter.mode()).isEqualTo(Mode.NORMAL);

        redis.kill();
        Decision local = check(limiter, DAY, 1);
        assertThat(local.source()).isEqualTo(Source.LOCAL);
        assertThat(local.standings().getFirst().remaining()).isEqualTo(1);
        assertThat(limiter.mode()).isEqualTo(Mode.LOCAL);

        redis.restart();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> check(limiter, DAY, 0).source() == Source.REDIS);
        assertThat(limiter.mode()).isEqualTo(Mode.NORMAL);
    }

    @Test
    void answersWithinTheDeadlineWhileRedisHangs() {
        Limiter limiter = limiter(Duration.ofMillis(150));
        check(limiter, DAY, 0);
        redis.freeze();
        long began = System.nanoTime();
        assertThat(check(limiter, DAY, 1).source()).isEqualTo(Source.LOCAL);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(650));
    }

    @Test
    void answersLocallyWhileRedisIsFull() {
        Limiter limiter = limiter(Duration.ofSeconds(2));
        redis.command("CONFIG SET maxmemory 1");
        assertThat(check(limiter, DAY, 1).source()).isEqualTo(Source.LOCAL);
        assertThat(limiter.mode()).isEqualTo(Mode.LOCAL);
    }

    @Test
    void givesBackWhereItWasCounted() {
        Limiter limiter = limiter(Duration.ofSeconds(2));
        List<Charge> one = List.of(new Charge(EXPORTS, 1));
        Decision shared = limiter.reserve("c", one, job("0-a"));
        limiter.release("c", shared);
        assertThat(check(limiter, EXPORTS, 0).standings().getFirst().remaining()).isEqualTo(40);

        redis.kill();
        List<Charge> three = List.of(new Charge(EXPORTS, 3));
        Decision local = limiter.reserve("c", three, job("0-b"));
        limiter.release("c", local);
        assertThat(check(limiter, EXPORTS, 3).allowed()).isTrue();
        limiter.release("c", shared);
    }

    @Test
    void asksOnceForAllTheLimitsOfARequest() {
        Limiter limiter = limiter(Duration.ofSeconds(2));
        limiter.warmUp(Duration.ofSeconds(2));
        List<Charge> all =
                List.of(
                        new Charge(new Rate("second", 2, Duration.ofSeconds(1)), 1),
                        new Charge(DAY, 1),
                        new Charge(EXPORTS, 1));
        AtomicReference<Decision> decision = new AtomicReference<>();
        assertThat(redis.received(() -> decision.set(limiter.check("c", all))))
                .containsExactly("evalsha");
        assertThat(decision.get().source()).isEqualTo(Source.REDIS);
        assertThat(decision.get().allowed()).isTrue();
    }

    @Test
    void asksNobodyForWhatWasRefusedUntilItsTimeComes() {
        Rate second = new Rate("second", 2, Duration.ofSeconds(1));
        Limiter limiter = limiter(Duration.ofSeconds(2));
        while (check(limiter, second, 1).allowed()) {
            // Until the burst is spent.
        }
        AtomicReference<Decision> refused = new AtomicReference<>();
        assertThat(redis.received(() -> refused.set(check(limiter, second, 1)))).isEmpty();
        assertThat(refused.get().source()).isEqualTo(Source.REMEMBERED);
        assertThat(refused.get().violated()).containsExactly("second");
        await().atMost(Duration.ofSeconds(2)).until(() -> check(limiter, second, 1).allowed());
    }

    @Test
    void asksAnewOnceALimitIsAnother() {
        Limiter limiter = limiter(Duration.ofSeconds(2));
        check(limiter, DAY, 10);
        assertThat(check(limiter, DAY, 1).source()).isEqualTo(Source.REDIS);
        assertThat(check(limiter, DAY, 1).source()).isEqualTo(Source.REMEMBERED);
        Rate larger = new Rate("day", 20, Duration.ofDays(2));
        assertThat(check(limiter, larger, 1).allowed()).isTrue();
    }

    @Test
    void givesNoSecondBurstAfterAnOutage() throws InterruptedException {
        Limiter limiter = limiter(Duration.ofSeconds(2));
        redis.kill();
        assertThat(check(limiter, DAY, 7).source()).isEqualTo(Source.LOCAL);
        assertThat(check(limiter, EXPORTS, 2).source()).isEqualTo(Source.LOCAL);
        redis.restart();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> check(limiter, DAY, 0).source() == Source.REDIS);
        limiter.carryDebts(Duration.ofSeconds(2));
        assertThat(check(limiter, DAY, 0).standings().getFirst().remaining()).isEqualTo(3);
        assertThat(check(limiter, EXPORTS, 0).standings().getFirst().remaining()).isEqualTo(38);
    }

    @Test
    void remindsARedisThatHasForgottenOfWhatItHadAdmitted() {
        Limiter limiter = limiter(Duration.ofSeconds(2));
        check(limiter, DAY, 4);
        redis.kill();
        check(limiter, DAY, 2);
        redis.restart();
        redis.command("FLUSHALL");

        await().atMost(Duration.ofSeconds(10))
                .until(() -> check(limiter, DAY, 0).source() == Source.REDIS);
        assertThat(check(limiter, DAY, 0).standings().getFirst().remaining()).isEqualTo(4);
    }

    @Test
    void refusesToChargeOneLimitTwiceInOneRequest() {
        Limiter limiter = limiter(Duration.ofSeconds(2));
        assertThatThrownBy(
                        () -> limiter.check("c", List.of(new Charge(DAY, 1), new Charge(DAY, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Limiter limiter(Duration deadline) {
        Lane lane = fixture.lane(LaneName.LIMITS, deadline);
        return new Limiter(
                new SharedLimiter(lane),
                new Reservations(lane, InstantSource.system()),
                new LocalLimiter(Share.ALONE, InstantSource.system()));
    }

    private static JobToCome job(String id) {
        return new JobToCome(id, Optional.empty(), Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    private static Decision check(Limiter limiter, Limit limit, long cost) {
        return limiter.check("c", List.of(new Charge(limit, cost)));
    }
}
