package io.trekpoint.worker.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.JobSettlements;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.job.SmallInput;
import io.trekpoint.lanes.job.Submission;
import io.trekpoint.lanes.job.SubmitOutcome;
import io.trekpoint.lanes.limit.Charge;
import io.trekpoint.lanes.limit.JobToCome;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Limiter;
import io.trekpoint.lanes.limit.LocalLimiter;
import io.trekpoint.lanes.limit.LocalLimits;
import io.trekpoint.lanes.limit.Reservation;
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

/** What is overdue is released only where no job of it came to be. */
class ReservationSweepTest {
    private static final String KEY = "key";
    private static final String DUE = "trek:{limits:hiker}:due";
    private static final Limit EXPORTS = new Limit.MonthlyQuota("exports", 10);

    private final RedisServer redis = RedisServer.start();
    private final LaneFixture lanes = new LaneFixture(redis);
    private final Lane lane = lanes.lane(LaneName.JOBS);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final JobConfig config = () -> 1;
    private Limiter limiter;
    private ReservationSweep sweep;
    private SettleLoop settling;

    @BeforeEach
    void start() {
        InstantSource clock = InstantSource.system();
        Lane limits = lanes.lane(LaneName.LIMITS);
        Reservations reservations = new Reservations(limits, clock);
        limiter =
                new Limiter(
                        new SharedLimiter(limits),
                        reservations,
                        new LocalLimiter(new Alone(), clock));
        JobSettlements jobs = new JobSettlements(lane);
        settling = new SettleLoop(jobs, reservations, config, meters);
        sweep = new ReservationSweep(settling, jobs, reservations, config, meters);
    }

    @AfterEach
    void stop() {
        lanes.close();
        redis.close();
    }

    @Test
    void releasesWhatNoJobCameOf() {
        reserve();
        sweep.sweep();
        assertThat(left()).isEqualTo(10);
    }

    @Test
    void keepsWhatPaysForAJobThatOutlivesItsKey() {
        Attempt first = reserve();
        assertThat(submit(first)).isInstanceOf(SubmitOutcome.Accepted.class);
        Attempt retry = reserve();
        assertThat(submit(retry)).isInstanceOf(SubmitOutcome.Same.class);

        forgetKey();
        sweep.sweep();
        assertThat(left()).isEqualTo(9);
        assertThat(redis.command("ZCARD " + DUE)).isEqualTo(":1");
    }

    @Test
    void keepsWhatPaysForTheJobOfARetryAfterMoreRetries() {
        reserve();
        assertThat(submit(reserve())).isInstanceOf(SubmitOutcome.Accepted.class);
        assertThat(submit(reserve())).isInstanceOf(SubmitOutcome.Same.class);
        sweep.sweep();

        reserve();
        forgetKey();
        sweep.sweep();
        assertThat(left()).isEqualTo(9);
        assertThat(redis.command("ZCARD " + DUE)).isEqualTo(":1");
    }

    @Test
    void settlesTheOthersWhereTheQuotaOfOneClientCannotBe() {
        String settle =
                "XADD " + JobKeys.of(0).settle() + " * client %s reservation %s charge back";
        redis.command("SET trek:{limits:broken}:reservation:r x");
        // More than are looked at at once.
        for (int n = 0; n < 201; n++) {
            redis.command(settle.formatted("broken", "r"));
        }
        redis.command(settle.formatted("hiker", reserve().reservation));
        assertThat(left()).isEqualTo(9);
        settling.settleAll();
        assertThat(left()).isEqualTo(10);
        assertThat(redis.command("XLEN " + JobKeys.of(0).settle())).isEqualTo(":201");
    }

    @Test
    void releasesThoseOfOthersWhereTheReservationsOfOneClientCannotBeLookedAt() {
        redis.command("SET trek:{limits:broken}:due x");
        redis.command("ZADD trek:{limits}:reserving 1 broken");
        reserve();
        sweep.sweep();
        assertThat(left()).isEqualTo(10);
    }

    /** Of a request with the one key, overdue at once. */
    private Attempt reserve() {
        JobId id = JobId.random(0);
        JobToCome job =
                new JobToCome(id.text(), Optional.of(KEY), Duration.ZERO, Duration.ofHours(1));
        List<Charge> charges = List.of(new Charge(EXPORTS, 1));
        Reservation paying = limiter.reserve("hiker", charges, job).reservation().orElseThrow();
        return new Attempt(id, paying.name());
    }

    private SubmitOutcome submit(Attempt attempt) {
        JobSubmitter submitter =
                new JobSubmitter(lane, config, () -> JobRules.of(_ -> Optional.empty()));
        Submission submission =
                new Submission(
                        "hiker",
                        Tier.FREE,
                        "export",
                        "{}",
                        "",
                        Optional.empty(),
                        Optional.of(new Submission.Idempotency(KEY, "fingerprint")),
                        Optional.of(attempt.reservation));
        return SmallInput.submit(submitter, attempt.id, submission);
    }

    /** As its TTL does a day after the job was accepted, while that waits for its time. */
    private void forgetKey() {
        redis.command("DEL " + JobKeys.of(0).idempotency("hiker", KEY));
    }

    private long left() {
        return limiter.check("hiker", List.of(new Charge(EXPORTS, 0)))
                .standings()
                .getFirst()
                .remaining();
    }

    private record Attempt(JobId id, String reservation) {}

    private record Alone() implements LocalLimits {
        @Override
        public int replicas() {
            return 1;
        }

        @Override
        public int maxClients() {
            return 10;
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
