package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedRateTest {
    /** So slow that nothing is earned back while a test runs: one in 864 s. */
    private static final Limit.Rate DAY = new Limit.Rate("day", 100, Duration.ofDays(1));

    private static final Duration ONE = Duration.ofSeconds(864);
    private static final Duration A_MOMENT = Duration.ofMinutes(5);

    private static RedisServer redis;
    private static LaneFixture fixture;
    private static SharedRate rate;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        rate = new SharedRate(fixture.lane(LaneName.LIMITS), DAY, 3);
    }

    @AfterAll
    static void stop() {
        fixture.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.command("FLUSHALL");
    }

    @Test
    void addsUpWhatReplicasHaveAdmitted() {
        rate.add(Map.of("a", 2));

        assertThat(owed("a", 3))
                .isBetween(ONE.multipliedBy(5).minus(A_MOMENT), ONE.multipliedBy(5));
        assertThat(owed("b", 1)).isBetween(ONE.minus(A_MOMENT), ONE);
    }

    @Test
    void letsNobodyOweMoreThanASpentRate() {
        rate.add(Map.of("a", 90));

        assertThat(owed("a", 90)).isBetween(Duration.ofDays(1).minus(A_MOMENT), Duration.ofDays(1));
    }

    @Test
    void keepsThoseWhoOweTheMost() {
        rate.add(Map.of("a", 10, "b", 20, "c", 30, "d", 40));

        assertThat(redis.command("ZCARD trek:{limits}:day")).isEqualTo(":3");
        assertThat(owed("a", 1)).isLessThanOrEqualTo(ONE);
        assertThat(owed("d", 1)).isGreaterThan(ONE.multipliedBy(40));
    }

    @Test
    void forgetsWhoOwesNothing() {
        redis.command("ZADD trek:{limits}:day 1 long-ago");

        rate.add(Map.of("a", 1));

        assertThat(redis.command("ZCARD trek:{limits}:day")).isEqualTo(":1");
    }

    @Test
    void leavesNothingBehindOnceNothingIsOwed() {
        rate.add(Map.of("a", 1));

        String millis = redis.command("PTTL trek:{limits}:day").substring(1);
        assertThat(Long.parseLong(millis))
                .isBetween(
                        Duration.ofDays(1).minus(A_MOMENT).toMillis(),
                        Duration.ofDays(1).plus(A_MOMENT).toMillis());
    }

    private static Duration owed(String who, int admitted) {
        return rate.add(Map.of(who, admitted)).get(who);
    }
}
