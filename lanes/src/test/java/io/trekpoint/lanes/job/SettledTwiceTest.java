package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.JobSettlements.Settlement;
import io.trekpoint.lanes.limit.Charge;
import io.trekpoint.lanes.limit.JobToCome;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker is killed after it has settled what a job was paid by, and before it says so. */
class SettledTwiceTest {
    private static final Limit EXPORTS = new Limit.MonthlyQuota("exports", 40);
    private static final Duration LONG = Duration.ofHours(1);

    private JobFixture jobs;
    private LaneFixture lanes;
    private Limiter limiter;
    private Reservations reservations;

    @BeforeEach
    void start() {
        jobs = new JobFixture(1);
        lanes = new LaneFixture(jobs.redis);
        Lane lane = lanes.lane(LaneName.LIMITS);
        reservations = new Reservations(lane, InstantSource.system());
        limiter =
                new Limiter(
                        new SharedLimiter(lane),
                        reservations,
                        new LocalLimiter(new NothingLocal(), InstantSource.system()));
    }

    @AfterEach
    void stop() {
        lanes.close();
        jobs.close();
    }

    @Test
    void givesAChargeBackOnce() {
        submitPaid("0-1");
        submitPaid("0-2");
        assertThat(left()).isEqualTo(38);
        jobs.finish(jobs.claimOne(), new Ending.Failed(JobFixture.CRASH));

        List<Settlement> ofTheKilled = new JobSettlements(jobs.lane).pending(0);
        assertThat(ofTheKilled).extracting(Settlement::givenBack).containsExactly(true);
        assertThat(ofTheKilled).allMatch(this::settle);
        assertThat(left()).isEqualTo(39);

        JobSettlements ofTheNext = new JobSettlements(jobs.lane);
        assertThat(ofTheNext.pending(0)).isEqualTo(ofTheKilled).noneMatch(this::settle);
        ofTheNext.done(0, ofTheKilled);
        assertThat(left()).isEqualTo(39);
        assertThat(ofTheNext.pending(0)).isEmpty();
    }

    private boolean settle(Settlement settlement) {
        return reservations.settle(
                settlement.client(), settlement.reservation(), settlement.givenBack());
    }

    private void submitPaid(String job) {
        String reservation =
                limiter.reserve(
                                "c1",
                                List.of(new Charge(EXPORTS, 1)),
                                new JobToCome(job, Optional.empty(), LONG, LONG))
                        .reservation()
                        .orElseThrow()
                        .name();
        jobs.submitPaid(reservation, Optional.empty());
    }

    private long left() {
        return limiter.check("c1", List.of(new Charge(EXPORTS, 0)))
                .standings()
                .getFirst()
                .remaining();
    }

    private record NothingLocal() implements LocalLimits {
        @Override
        public int replicas() {
            return 1;
        }

        @Override
        public int maxClients() {
            return 1;
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
