package io.trekpoint.bench.limit;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.limit.Charge;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Limiter;
import io.trekpoint.lanes.limit.LocalLimiter;
import io.trekpoint.lanes.limit.LocalLimits;
import io.trekpoint.lanes.limit.Reservations;
import io.trekpoint.lanes.limit.SharedLimiter;
import io.trekpoint.lanes.redis.LaneFixture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The limiter of the gateway: one script for all four, over a guarded lane. */
final class OurChecks implements Checks {
    private static final List<Charge> CHARGES =
            List.of(
                    new Charge(new Limit.Rate("burst", 1_000_000, Duration.ofSeconds(1)), 1),
                    new Charge(new Limit.Rate("hour", 100_000_000, Duration.ofHours(1)), 1),
                    new Charge(new Limit.Rate("day", 100_000_000, Duration.ofDays(1)), 1),
                    new Charge(new Limit.MonthlyQuota("exports", 1_000_000_000), 1));

    private final LaneFixture lanes;
    private final Limiter limiter;

    OurChecks(String url) {
        lanes = new LaneFixture(url);
        Lane lane = lanes.lane(LaneName.LIMITS);
        InstantSource clock = InstantSource.system();
        limiter =
                new Limiter(
                        new SharedLimiter(lane),
                        new Reservations(lane, clock),
                        new LocalLimiter(new Alone(), clock));
    }

    @Override
    public boolean check(String client) {
        Decision decision = limiter.check(client, CHARGES);
        return decision.allowed() && decision.source() == Decision.Source.REDIS;
    }

    @Override
    public void close() {
        lanes.close();
    }

    private record Alone() implements LocalLimits {
        @Override
        public int replicas() {
            return 1;
        }

        @Override
        public int maxClients() {
            return 50_000;
        }

        @Override
        public long quotaAllowance() {
            return 0;
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(1);
        }
    }
}
