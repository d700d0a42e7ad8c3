package io.trekpoint.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.job.JobLookup;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.JobRenewer;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.JobState;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.job.SmallInput;
import io.trekpoint.lanes.job.Submission;
import io.trekpoint.lanes.job.SubmitOutcome;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The loops of a worker around an engine of a test's own, on a Redis of its own. */
final class WorkerFixture implements AutoCloseable {
    private static final int CONCURRENCY = 4;

    final RedisServer redis = RedisServer.start();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final ActiveJobs active = new ActiveJobs(CONCURRENCY, InstantSource.system());
    final WorkPool pool = new WorkPool(CONCURRENCY);
    final Workbench bench;
    final ClaimPulse pulse;
    private final LaneFixture lanes = new LaneFixture(redis);
    final Lane lane = lanes.lane(LaneName.JOBS);
    private final JobConfig config;
    private final JobClaimer claimer;
    private final ClaimLoop claiming;
    private final List<Runnable> closing;

    WorkerFixture(int shards, JobEngine engine, Duration hardLimit) {
        this(shards, engine, hardLimit, Duration.ofSeconds(1));
    }

    WorkerFixture(int shards, JobEngine engine, Duration hardLimit, Duration longestWait) {
        config = () -> shards;
        JobMeters jobMeters = new JobMeters(meters, new JobTraces(TracerProvider.noop().get("")));
        JobFinisher finisher = new JobFinisher(lane, WorkerFixture::rules);
        pulse = new ClaimPulse(lane, InstantSource.system());
        bench =
                new Workbench(
                        new JobRunner(List.of(engine), finisher),
                        finisher,
                        shards,
                        active,
                        pool,
                        jobMeters);
        FollowClient waiting = new FollowClient(LaneName.JOBS, lanes.client());
        claimer = new JobClaimer(lane, waiting, config, WorkerFixture::rules);
        claiming = new ClaimLoop(claimer, shards, active, bench, pulse, longestWait);
        LeaseLoop renewing =
                new LeaseLoop(
                        new JobRenewer(lane, WorkerFixture::rules),
                        WorkerFixture::rules,
                        active,
                        jobMeters);
        LimitLoop limiting = new LimitLoop(active, bench, _ -> hardLimit);
        closing = List.of(claiming::close, renewing::close, limiting::close, bench::close);
    }

    /** As at the beginning of a worker's end. */
    void claimNoMore() {
        claiming.close();
    }

    /** Claims a job as the loop would. */
    HeldJob claimOne() {
        return active.take(claimer.claim(0, JobClaimer.tokens(1)).getFirst());
    }

    static JobRules rules() {
        return JobRules.of(_ -> Optional.empty());
    }

    JobId submit(int shard) {
        JobSubmitter submitter = new JobSubmitter(lane, config, WorkerFixture::rules);
        JobId id = JobId.random(shard);
        Submission submission =
                new Submission(
                        "hiker",
                        Tier.PARTNER,
                        "test",
                        "{}",
                        "",
                        Optional.empty(),
                        Optional.empty());
        assertThat(SmallInput.submit(submitter, id, submission))
                .isInstanceOf(SubmitOutcome.Accepted.class);
        return id;
    }

    List<String> log(JobId id) {
        return new JobLookup(lane).log(id);
    }

    JobRecord find(JobId id) {
        return new JobLookup(lane).find(id).orElseThrow();
    }

    JobState state(JobId id) {
        return find(id).state();
    }

    /** As the script that cancels a running job does. */
    void askToCancel(JobId id) {
        redis.command("HSET " + JobKeys.of(id.shard()).record(id) + " cancelAsked 1");
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        pool.close();
        lanes.close();
        redis.close();
    }
}
