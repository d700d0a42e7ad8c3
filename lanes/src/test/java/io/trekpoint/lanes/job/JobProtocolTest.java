package io.trekpoint.lanes.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Fault;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.lanes.redis.StreamReader;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobProtocolTest {
    private static final JobFailure BAD_INPUT =
            new JobFailure(
                    "MALFORMED",
                    "the document ends too early",
                    OptionalInt.of(3),
                    OptionalInt.of(7),
                    false);
    private static final JobFailure CRASH =
            new JobFailure(
                    "INTERNAL",
                    "the engine failed",
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    true);

    private static RedisServer redis;
    private static LaneFixture fixture;
    private static Lane lane;

    private TestJobConfig config = TestJobConfig.usual();

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        lane = fixture.lane(LaneName.JOBS);
    }

    @AfterAll
    static void stop() {
        fixture.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.command("CONFIG SET maxmemory 0");
        redis.command("FLUSHALL");
    }

    @Test
    void carriesInputAndOutputThroughAWholeJob() throws IOException {
        byte[] input = new byte[3 * 1024 * 1024];
        new Random(1).nextBytes(input);
        JobId id = submit(input);
        assertThat(find(id).state()).isEqualTo(new JobState.Queued());

        ClaimedJob job = claimOne();
        assertThat(job.id()).isEqualTo(id);
        assertThat(job.inputChunks()).isGreaterThan(5);
        assertThat(claimer().openInput(job).readAllBytes()).isEqualTo(input);
        assertThat(find(id).state()).isInstanceOf(JobState.Active.class);

        assertThat(finisher().finish(job, success("converted"))).isEqualTo(JobFinisher.Answer.OK);
        JobRecord done = find(id);
        assertThat(done.state()).isInstanceOf(JobState.Succeeded.class);
        JobState.Succeeded state = (JobState.Succeeded) done.state();
        assertThat(new JobLookup(lane).openOutput(id, state.output()).readAllBytes())
                .isEqualTo("converted".getBytes(UTF_8));
        assertThat(state.output().bytes()).isEqualTo(9);
        assertThat(done.attempt()).isEqualTo(1);
    }

    @Test
    void leavesNothingOfAnUnfinishedJobUnderATtl() throws IOException {
        JobId id = submit("input".getBytes(UTF_8));
        JobKeys keys = JobKeys.of(0);
        for (String key :
                List.of(keys.record(id), keys.input(id, 0), keys.work(Priority.LOW), keys.open())) {
            assertThat(redis.command("PTTL " + key)).as(key).isEqualTo(":-1");
        }
    }

    @Test
    void submitsOnceForOneIdentity() throws IOException {
        Submission submission = submission(Optional.empty());
        JobId id =
                submitter()
                        .identify(
                                submission.client(),
                                submission.idempotency().map(Submission.Idempotency::key));
        ChunkedOutput input = write(id, "input");
        SubmitOutcome first = submitter().submit(id, submission, input);
        assertThat(first).isInstanceOf(SubmitOutcome.Accepted.class);
        assertThat(submitter().submit(id, submission, input)).isEqualTo(first);
        assertThat(claimer().claim(0, JobClaimer.tokens(5))).hasSize(1);
        assertThat(submitter().submit(id, submission, input)).as("once claimed").isEqualTo(first);
    }

    @Test
    void answersARetriedKeyWithTheFirstJobAndRefusesAnotherRequest() throws IOException {
        SubmitOutcome first = submitKeyed("retry-1", "same");
        assertThat(first).isInstanceOf(SubmitOutcome.Accepted.class);
        JobId firstId = ((SubmitOutcome.Accepted) first).job().id();
        assertThat(submitKeyed("retry-1", "same")).isEqualTo(new SubmitOutcome.Same(firstId));
        assertThat(submitKeyed("retry-1", "other")).isEqualTo(new SubmitOutcome.Conflict());
        assertThat(claimer().claim(0, JobClaimer.tokens(5))).hasSize(1);
        assertThat(find(firstId).state()).isInstanceOf(JobState.Active.class);
        assertThat(find(firstId).asAccepted()).isEqualTo(((SubmitOutcome.Accepted) first).job());
    }

    @Test
    void refusesWhatTheByteBudgetCannotHold() throws IOException {
        config = config.withByteBudget(2_000);
        byte[] noise = new byte[1_000];
        new Random(2).nextBytes(noise);
        Submission submission = submission(Optional.empty());
        JobId id =
                submitter()
                        .identify(
                                submission.client(),
                                submission.idempotency().map(Submission.Idempotency::key));
        ChunkedOutput input = submitter().openInput(id);
        input.write(noise);
        input.close();
        assertThat(submitter().submit(id, submission, input))
                .isEqualTo(new SubmitOutcome.OverBudget());
        assertThat(new JobLookup(lane).find(id)).isEmpty();
        assertThat(claimer().claim(0, JobClaimer.tokens(5))).isEmpty();
    }

    @Test
    void refusesASubmitWhoseInputLapsed() throws IOException {
        config = config.withInputTtl(Duration.ofMillis(1));
        Submission submission = submission(Optional.empty());
        JobId id = submitter().identify(submission.client(), Optional.empty());
        byte[] tooLargeToTravel = new byte[100_000];
        new Random(4).nextBytes(tooLargeToTravel);
        ChunkedOutput input = submitter().openInput(id);
        input.write(tooLargeToTravel);
        input.close();
        String key = JobKeys.of(0).input(id, 0);
        await().until(() -> redis.command("EXISTS " + key).equals(":0"));
        assertThat(submitter().submit(id, submission, input))
                .isEqualTo(new SubmitOutcome.InputGone());
        assertThat(new JobLookup(lane).find(id)).isEmpty();
    }

    @Test
    void claimsOldestFirstAndEachJobOnce() throws IOException {
        JobId first = submit("1".getBytes(UTF_8));
        JobId second = submit("2".getBytes(UTF_8));
        JobId third = submit("3".getBytes(UTF_8));
        assertThat(claimer().claim(0, JobClaimer.tokens(2)))
                .extracting(ClaimedJob::id)
                .containsExactly(first, second);
        assertThat(claimer().claim(0, JobClaimer.tokens(2)))
                .extracting(ClaimedJob::id)
                .containsExactly(third);
        assertThat(claimer().claim(0, JobClaimer.tokens(2))).isEmpty();
    }

    @Test
    void answersARepeatedClaimWithTheSameJobs() throws IOException {
        JobId first = submit("1".getBytes(UTF_8));
        List<String> tokens = JobClaimer.tokens(1);
        List<ClaimedJob> claimed = claimer().claim(0, tokens);
        submit("2".getBytes(UTF_8));
        assertThat(claimer().claim(0, tokens)).usingRecursiveComparison().isEqualTo(claimed);
        assertThat(find(first).attempt()).isEqualTo(1);
        finisher().finish(claimed.getFirst(), success("done"));
        assertThat(claimer().claim(0, tokens)).isEmpty();
    }

    @Test
    void takesNothingBackForOneLeaseAfterAnOutage() throws IOException {
        config = config.withLease(Duration.ofMillis(300));
        submit("input".getBytes(UTF_8));
        ClaimedJob job = claimOne();
        JobReaper reaper = new JobReaper(lane, config::rules);
        assertThat(reaper.reap(0)).isEqualTo(new JobReaper.Reaped(0, 0, false));
        // As if nobody had called for an hour.
        redis.command("HSET " + JobKeys.of(0).meta() + " reapedAt 1");
        await().until(() ->
                redis.command("ZCOUNT " + JobKeys.of(0).lease() + " -inf " + now()).equals(":1"));
        assertThat(reaper.reap(0)).isEqualTo(new JobReaper.Reaped(0, 0, false));
        assertThat(finisher().finish(job, success("in time"))).isEqualTo(JobFinisher.Answer.OK);
    }

    @Test
    void leavesAPublishedOutputWithoutATtlWhenItsFinishIsRepeated() throws IOException {
        JobId id = submit("input".getBytes(UTF_8));
        ClaimedJob job = claimOne();
        Ending ending = success(tooLargeToTravel());
        finisher().finish(job, ending);
        finisher().finish(job, ending);
        assertThat(redis.command("PTTL " + JobKeys.of(0).output(id, job.token(), 0)))
                .isEqualTo(":-1");
    }

    @Test
    void storesNothingUnderATokenThatIsGone() throws IOException {
        config = config.withLease(Duration.ofMillis(50));
        submit("input".getBytes(UTF_8));
        ClaimedJob stale = claimOne();
        awaitReap(1, 0);
        assertThat(finisher().finish(stale, success(tooLargeToTravel())))
                .isEqualTo(JobFinisher.Answer.LOST);
        assertThat(redis.command("EXISTS " + JobKeys.of(0).output(stale.id(), stale.token(), 0)))
                .isEqualTo(":0");
    }

    @Test
    void discardsTheInputOfWhatIsRefused() throws IOException {
        JobId id = submitter().identify("hiker", Optional.empty());
        ChunkedOutput input = submitter().openInput(id);
        input.write(tooLargeToTravel());
        input.close();
        assertThat(redis.command("EXISTS " + JobKeys.of(0).input(id, 0))).isEqualTo(":1");
        submitter().discard(id, input);
        assertThat(redis.command("EXISTS " + JobKeys.of(0).input(id, 0))).isEqualTo(":0");
    }

    @Test
    void returnsJobToQueueWhenLeaseLapses() throws IOException {
        config = config.withLease(Duration.ofMillis(50));
        JobId id = submit("input".getBytes(UTF_8));
        ClaimedJob stale = claimOne();
        awaitReap(1, 0);
        ClaimedJob fresh = claimOne();
        assertThat(fresh.id()).isEqualTo(id);
        assertThat(fresh.attempt()).isEqualTo(2);
        assertThat(fresh.token()).isNotEqualTo(stale.token());
    }

    @Test
    void refusesTheFinishOfAStaleToken() throws IOException {
        config = config.withLease(Duration.ofMillis(50));
        JobId id = submit("input".getBytes(UTF_8));
        ClaimedJob stale = claimOne();
        awaitReap(1, 0);
        assertThat(finisher().finish(stale, success("stale"))).isEqualTo(JobFinisher.Answer.LOST);
        ClaimedJob fresh = claimOne();
        assertThat(finisher().finish(stale, success("stale"))).isEqualTo(JobFinisher.Answer.LOST);
        assertThat(finisher().finish(fresh, success("fresh"))).isEqualTo(JobFinisher.Answer.OK);
        JobState.Succeeded state = (JobState.Succeeded) find(id).state();
        assertThat(new JobLookup(lane).openOutput(id, state.output()).readAllBytes())
                .isEqualTo("fresh".getBytes(UTF_8));
    }

    @Test
    void answersARepeatedFinishOfTheSameTokenWithoutASecondEvent() throws IOException {
        submit("input".getBytes(UTF_8));
        ClaimedJob job = claimOne();
        Ending ending = success("output");
        assertThat(finisher().finish(job, ending)).isEqualTo(JobFinisher.Answer.OK);
        assertThat(finisher().finish(job, ending)).isEqualTo(JobFinisher.Answer.OK);
        StreamReader events =
                new StreamReader(
                        new FollowClient(LaneName.JOBS, fixture.client()), JobKeys.of(0).events());
        assertThat(events.read(StreamReader.BEGINNING, Duration.ofMillis(10)))
                .extracting(e -> e.fields().get(job.id().text()))
                .containsExactly("active", "succeeded");
    }

    @Test
    void refusesToPublishAnOutputThatLapsed() throws IOException {
        config = config.withOutputTtl(Duration.ofMillis(1));
        submit("input".getBytes(UTF_8));
        ClaimedJob job = claimOne();
        byte[] noise = new byte[8 * 1024 * 1024];
        new Random(3).nextBytes(noise);
        assertThat(finisher().finish(job, success(noise)))
                .isEqualTo(JobFinisher.Answer.OUTPUT_GONE);
        assertThat(find(job.id()).state()).isInstanceOf(JobState.Active.class);
    }

    @Test
    void keepsCodeLineAndColumnOfAFailure() throws IOException {
        JobId id = submit("input".getBytes(UTF_8));
        finisher().finish(claimOne(), new Ending.Failed(BAD_INPUT));
        assertThat(((JobState.Failed) find(id).state()).failure()).isEqualTo(BAD_INPUT);
        assertThat(claimer().claim(0, JobClaimer.tokens(1))).isEmpty();
    }

    @Test
    void triesARetryableFailureAgainUntilAttemptsAreSpent() throws IOException {
        config = config.withMaxAttempts(2);
        JobId id = submit("input".getBytes(UTF_8));
        finisher().finish(claimOne(), new Ending.Again(CRASH));
        assertThat(((JobState.Delayed) find(id).state()).lastFailure()).contains(CRASH);
        await().until(() -> {
            new JobPromoter(lane, config::rules).promote(0);
            return find(id).state().equals(new JobState.Queued());
        });
        finisher().finish(claimOne(), new Ending.Again(CRASH));
        assertThat(((JobState.Failed) find(id).state()).failure()).isEqualTo(CRASH);
    }

    @Test
    void failsAJobWhoseWorkersNeverAnswer() throws IOException {
        config = config.withLease(Duration.ofMillis(20)).withMaxAttempts(1);
        JobId id = submit("input".getBytes(UTF_8));
        claimOne();
        awaitReap(0, 1);
        assertThat(((JobState.Failed) find(id).state()).failure().code())
                .isEqualTo("ATTEMPTS_SPENT");
        assertThat(redis.command("ZCARD " + JobKeys.of(0).open())).isEqualTo(":0");
    }

    @Test
    void renewsOnlyForTheHolderOfTheToken() throws IOException {
        submit("input".getBytes(UTF_8));
        ClaimedJob job = claimOne();
        ClaimedJob thief =
                new ClaimedJob(
                        job.id(),
                        "stolen",
                        1,
                        job.client(),
                        job.tier(),
                        job.type(),
                        job.parameters(),
                        1,
                        5,
                        job.input(),
                        "",
                        Duration.ZERO);
        assertThat(new JobRenewer(lane, config::rules).renew(0, Map.of(job, 0.5)))
                .containsEntry(job, JobRenewer.Answer.OK);
        assertThat(new JobRenewer(lane, config::rules).renew(0, Map.of(thief, 0.9)))
                .containsEntry(thief, JobRenewer.Answer.LOST);
        assertThat(((JobState.Active) find(job.id()).state()).progress()).isEqualTo(0.5);
    }

    @Test
    void finishesWorkWithItsOutputWhileMemoryHasRunOut() throws IOException {
        submit("input".getBytes(UTF_8));
        JobId waiting = submit("next".getBytes(UTF_8));
        ClaimedJob job = claimOne();
        redis.command("CONFIG SET maxmemory 1");
        LaneException full =
                catchThrowableOfType(LaneException.class, () -> submit("more".getBytes(UTF_8)));
        assertThat(full.fault()).isEqualTo(Fault.OUT_OF_MEMORY);
        assertThat(finisher().finish(job, success("output"))).isEqualTo(JobFinisher.Answer.OK);
        ClaimedJob next = claimOne();
        assertThat(next.id()).isEqualTo(waiting);
        assertThat(finisher().finish(next, success(tooLargeToTravel())))
                .isEqualTo(JobFinisher.Answer.OK);
    }

    @Test
    void deletesAnEndedJobWithAllItsBytesAndRemembersWhose() throws IOException {
        config = config.withRetention(Duration.ofMillis(1));
        JobId id = submit("input".getBytes(UTF_8));
        ClaimedJob job = claimOne();
        finisher().finish(job, success(tooLargeToTravel()));
        await().until(() -> new JobExpirer(lane, config::rules).expire(0) == 1);
        assertThat(new JobLookup(lane).find(id)).isEmpty();
        assertThat(new JobLookup(lane).goneFrom(id)).contains("hiker");
        JobKeys keys = JobKeys.of(0);
        assertThat(
                        lane.send(
                                Request.cmd(Command.HGET).arg(keys.meta()).arg("bytes"),
                                Lane.Access.READ))
                .hasToString("0");
        assertThat(
                        lane.send(
                                Request.cmd(Command.KEYS).arg(keys.prefix() + "in:*"),
                                Lane.Access.READ))
                .isEmpty();
        assertThat(
                        lane.send(
                                Request.cmd(Command.KEYS).arg(keys.prefix() + "out:*"),
                                Lane.Access.READ))
                .isEmpty();
    }

    @Test
    void keepsTheShardsOfJobsApart() throws IOException {
        config = config.withShards(3);
        JobId id = JobId.random(2);
        Submission submission = submission(Optional.empty());
        submitter().submit(id, submission, write(id, "input"));
        assertThat(claimer().claim(0, JobClaimer.tokens(1))).isEmpty();
        assertThat(claimer().claim(2, JobClaimer.tokens(1)))
                .extracting(ClaimedJob::id)
                .containsExactly(id);
    }

    @Test
    void namesTheFieldOfACorruptRecord() throws IOException {
        JobId id = submit("input".getBytes(UTF_8));
        String record = JobKeys.of(0).record(id);
        redis.command(
                "HSET "
                        + record
                        + " status \"queued front 0 - 1 - - - - - 0 - - yesterday c 2 free export 3"
                        + " 1 5 13 - -\"");
        assertThatThrownBy(() -> find(id))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("created");
        redis.command("HSET " + record + " status \"queued front 0\"");
        assertThatThrownBy(() -> find(id))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("status");
        redis.command("HDEL " + record + " status");
        assertThatThrownBy(() -> find(id))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("status");
    }

    private JobId submit(byte[] body) throws IOException {
        Submission submission = submission(Optional.empty());
        JobId id =
                submitter()
                        .identify(
                                submission.client(),
                                submission.idempotency().map(Submission.Idempotency::key));
        ChunkedOutput input = submitter().openInput(id);
        input.write(body);
        input.close();
        assertThat(submitter().submit(id, submission, input))
                .isInstanceOf(SubmitOutcome.Accepted.class);
        return id;
    }

    private SubmitOutcome submitKeyed(String key, String fingerprint) throws IOException {
        Submission submission =
                submission(Optional.of(new Submission.Idempotency(key, fingerprint)));
        JobId id =
                submitter()
                        .identify(
                                submission.client(),
                                submission.idempotency().map(Submission.Idempotency::key));
        return submitter().submit(id, submission, write(id, "input"));
    }

    private ChunkedOutput write(JobId id, String body) throws IOException {
        ChunkedOutput input = submitter().openInput(id);
        input.write(body.getBytes(UTF_8));
        input.close();
        return input;
    }

    private static byte[] tooLargeToTravel() {
        byte[] noise = new byte[100_000];
        new Random(5).nextBytes(noise);
        return noise;
    }

    private static Ending success(String body) throws IOException {
        return success(body.getBytes(UTF_8));
    }

    private static Ending success(byte[] body) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        ChunkedOutput output = JobFinisher.collect(chunks);
        output.write(body);
        output.close();
        return new Ending.Succeeded(
                "{}", new FinishedOutput("text/plain", output.bytes(), "0".repeat(64), chunks));
    }

    private static long now() {
        return InstantSource.system().millis();
    }

    @Test
    void deletesAJobWhoseRetentionWasShortBeforeOneThatEndedEarlier() throws IOException {
        JobId kept = submit("kept".getBytes(UTF_8));
        finisher().finish(claimOne(), success("output"));
        config = config.withRetention(Duration.ofMillis(1));
        JobId brief = submit("brief".getBytes(UTF_8));
        finisher().finish(claimOne(), success("output"));

        await().until(() -> new JobExpirer(lane, config::rules).expire(0) == 1);

        assertThat(new JobLookup(lane).find(brief)).isEmpty();
        assertThat(new JobLookup(lane).find(kept)).isPresent();
    }

    private void awaitReap(int requeued, int spent) {
        await().atMost(Duration.ofSeconds(5))
                .until(() ->
                        new JobReaper(lane, config::rules)
                                .reap(0)
                                .equals(new JobReaper.Reaped(requeued, spent, false)));
    }

    private ClaimedJob claimOne() {
        List<ClaimedJob> claimed = claimer().claim(0, JobClaimer.tokens(1));
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    private JobRecord find(JobId id) {
        return new JobLookup(lane).find(id).orElseThrow();
    }

    private static Submission submission(Optional<Submission.Idempotency> idempotency) {
        return new Submission(
                "hiker",
                Tier.FREE,
                "export",
                "{\"to\":\"geojson\"}",
                "",
                Optional.empty(),
                idempotency);
    }

    private JobSubmitter submitter() {
        return new JobSubmitter(lane, config, config::rules);
    }

    private JobClaimer claimer() {
        FollowClient waiting = new FollowClient(LaneName.JOBS, fixture.client());
        return new JobClaimer(lane, waiting, config, config::rules);
    }

    private JobFinisher finisher() {
        return new JobFinisher(lane, config::rules);
    }
}
