package io.trekpoint.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.limit.Charge;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.limit.Decision.Source;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Limiter;
import io.trekpoint.lanes.limit.LocalLimiter;
import io.trekpoint.lanes.limit.Reservations;
import io.trekpoint.lanes.limit.SharedLimiter;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class DebtLoopTest {
    private static final Limit DAY = new Limit.Rate("day", 10, Duration.ofDays(1));

    private RedisServer redis;
    private LaneFixture lanes;

    /** A Redis of this test's own, in place of the gateway's. */
    @BeforeEach
    void start() {
        redis = RedisServer.start();
        lanes = new LaneFixture(redis);
    }

    @AfterEach
    void stop() {
        lanes.close();
        redis.close();
    }

    @Test
    void carriesAtTheEndWhatIsOwedThen() {
        Limiter limiter = limiter();
        DebtLoop loop = new DebtLoop(limiter, Duration.ofHours(1));
        redis.kill();
        assertThat(check(limiter, "c", 7).source()).isEqualTo(Source.LOCAL);
        redis.restart();
        await().until(() -> check(limiter, "other", 0).source() == Source.REDIS);

        loop.close();
        Decision elsewhere = check(limiter(), "c", 0);
        assertThat(elsewhere.standings().getFirst().remaining()).isEqualTo(3);
    }

    private Limiter limiter() {
        Lane lane = lanes.lane(LaneName.LIMITS);
        InstantSource clock = InstantSource.system();
        LocalShare share = new LocalShare(() -> 1, 10, () -> _ -> Optional.empty());
        return new Limiter(
                new SharedLimiter(lane),
                new Reservations(lane, clock),
                new LocalLimiter(share, clock));
    }

    private static Decision check(Limiter limiter, String client, long cost) {
        return limiter.check(client, List.of(new Charge(DAY, cost)));
    }
}
