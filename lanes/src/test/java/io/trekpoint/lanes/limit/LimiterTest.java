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
        limiter.release("c", one, shared);
        assertThat(check(limiter, EXPORTS, 0).standings().getFirst().remaining()).isEqualTo(40);

        redis.kill();
        List<Charge> three = List.of(new Charge(EXPORTS, 3));
        Decision local = limiter.reserve("c", three, job("0-b"));
        limiter.release("c", three, local);
        assertThat(check(limiter, EXPORTS, 3).allowed()).isTrue();
        limiter.release("c", one, shared);
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
