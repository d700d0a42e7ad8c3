package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Lane;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How attempts end: many in one call, for good, for now, given back or cancelled. */
@ParameterizedClass
@ValueSource(ints = {1, 3})
class JobEndTest {
    @Parameter int shards;

    private JobFixture jobs;

    @BeforeEach
    void start() {
        jobs = new JobFixture(shards);
    }

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void endsManyAttemptsAndClaimsTheNextJobsInOneCall() {
        for (int i = 0; i < 4; i++) {
            jobs.submit("a" + i, Tier.FREE);
        }
        List<ClaimedJob> held = jobs.claim(2);
        JobFinisher.Turn turn =
                jobs.finisher()
                        .finish(
                                jobs.shard,
                                List.of(
                                        new Attempt(held.get(0), JobFixture.success("one"), ""),
                                        new Attempt(
                                                held.get(1),
                                                new Ending.Failed(JobFixture.CRASH),
                                                "")),
                                JobClaimer.tokens(5));
        assertThat(turn.answers()).containsExactly(JobFinisher.Answer.OK, JobFinisher.Answer.OK);
        assertThat(turn.claimed()).hasSize(2);
        assertThat(jobs.state(held.get(0).id())).isInstanceOf(JobState.Succeeded.class);
        assertThat(jobs.state(held.get(1).id())).isInstanceOf(JobState.Failed.class);
    }

    @Test
    void answersARepeatedCallWithTheSameJobsAndChangesNothing() {
        jobs.submit("a", Tier.FREE);
        jobs.submit("a", Tier.FREE);
        List<Attempt> attempts =
                List.of(new Attempt(jobs.claimOne(), JobFixture.success("one"), "line\n"));
        List<String> tokens = JobClaimer.tokens(2);
        JobFinisher.Turn first = jobs.finisher().finish(jobs.shard, attempts, tokens);
        JobFinisher.Turn again = jobs.finisher().finish(jobs.shard, attempts, tokens);
        assertThat(again).usingRecursiveComparison().isEqualTo(first);
        assertThat(jobs.log(attempts.getFirst().job().id())).containsExactly("line");
        assertThat(jobs.events(attempts.getFirst().job().id()))
                .containsExactly("active", "succeeded");
    }

    @Test
    void claimsNothingByACallThatArrivesAfterItWasAskedAgain() {
        jobs.submit("a", Tier.FREE);
        List<Attempt> attempts =
                List.of(new Attempt(jobs.claimOne(), JobFixture.success("one"), "line\n"));
        List<String> tokens = JobClaimer.tokens(1);
        assertThat(jobs.finisher().finishAgain(jobs.shard, attempts, tokens).claimed()).isEmpty();
        JobId next = jobs.submit("a", Tier.FREE);
        assertThat(jobs.finisher().finish(jobs.shard, attempts, tokens).claimed())
                .as("the call before, late")
                .isEmpty();
        assertThat(jobs.claimIds(1)).containsExactly(next);
    }

    @Test
    void answersForEachAttemptByItself() {
        jobs.submit("a", Tier.FREE);
        ClaimedJob held = jobs.claimOne();
        ClaimedJob stale =
                new ClaimedJob(
                        held.id(),
                        "stolen",
                        1,
                        "a",
                        "free",
                        "export",
                        "{}",
                        1,
                        5,
                        held.input(),
                        "",
                        Duration.ZERO);
        JobFinisher.Turn turn =
                jobs.finisher()
                        .finish(
                                jobs.shard,
                                List.of(
                                        new Attempt(stale, JobFixture.success("stale"), ""),
                                        new Attempt(held, JobFixture.success("one"), "")),
                                List.of());
        assertThat(turn.answers()).containsExactly(JobFinisher.Answer.LOST, JobFinisher.Answer.OK);
        assertThat(jobs.meta("staleFinishesRefused")).isEqualTo(1);
    }

    @Test
    void publishesAnOutputTooLargeToTravelWithItsFinish() throws Exception {
        byte[] noise = new byte[1_500_000];
        new Random(7).nextBytes(noise);
        JobId id = jobs.submit("a", Tier.FREE);
        List<byte[]> chunks = new ArrayList<>();
        ChunkedOutput output = JobFinisher.collect(chunks);
        output.write(noise);
        output.close();
        jobs.finish(
                jobs.claimOne(),
                new Ending.Succeeded(
                        "{}", new FinishedOutput("text/plain", noise.length, "", chunks)));
        JobState.Succeeded state = (JobState.Succeeded) jobs.state(id);
        assertThat(new JobLookup(jobs.lane).openOutput(id, state.output()).readAllBytes())
                .isEqualTo(noise);
        assertThat(jobs.command("PTTL " + jobs.keys.output(id, state.output().token(), 2)))
                .isEqualTo(":-1");
    }

    @Test
    void delaysAJobThatFailsForNowAndTriesItAgain() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        assertThat(((JobState.Delayed) jobs.state(id)).lastFailure()).contains(JobFixture.CRASH);
        ClaimedJob second = awaitClaim();
        assertThat(second.id()).isEqualTo(id);
        assertThat(second.attempt()).isEqualTo(2);
    }

    @Test
    void waitsNoLongerThanTheBackoffAllows() {
        jobs.config = jobs.config.withBackoff(Duration.ofSeconds(50)).withMaxAttempts(20);
        JobId id = jobs.submit("a", Tier.FREE);
        List<Long> delays = new ArrayList<>();
        for (int attempt = 1; attempt <= 6; attempt++) {
            jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
            long due = ((JobState.Delayed) jobs.state(id)).dueAt().toEpochMilli();
            delays.add(due - jobs.millis());
            jobs.command("ZADD " + jobs.keys.delayed() + " 1 " + id);
            jobs.promote();
        }
        for (int n = 0; n < delays.size(); n++) {
            assertThat(delays.get(n)).isLessThanOrEqualTo(Math.min(50_000L << n, 200_000L));
        }
        assertThat(delays).as("jitter").doesNotHaveDuplicates();
    }

    @Test
    void makesAJobWhoseAttemptsAreSpentADeadLetter() {
        jobs.config = jobs.config.withMaxAttempts(2);
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        jobs.finish(awaitClaim(), new Ending.Again(JobFixture.CRASH));
        assertThat(((JobState.Failed) jobs.state(id)).failure()).isEqualTo(JobFixture.CRASH);
        assertThat(jobs.command("ZCARD " + jobs.keys.dead())).isEqualTo(":1");
        assertThat(jobs.command("ZCARD " + jobs.keys.open())).isEqualTo(":0");
        assertThat(jobs.meta("deadBytes")).isPositive();
    }

    @Test
    void makesNoDeadLetterOfBadInput() {
        jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Failed(JobFixture.CRASH));
        assertThat(jobs.command("ZCARD " + jobs.keys.dead())).isEqualTo(":0");
    }

    @Test
    void putsAJobThatIsGivenBackFirstInLineWithoutSpendingAnAttempt() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.submit("b", Tier.PARTNER);
        jobs.submit("c", Tier.PARTNER);
        jobs.claim(1);
        jobs.claim(1);
        ClaimedJob held = jobs.claimOne();
        assertThat(held.id()).isEqualTo(id);
        jobs.submit("d", Tier.PARTNER);
        assertThat(jobs.finish(held, new Ending.GivenBack(true))).isEqualTo(JobFinisher.Answer.OK);
        assertThat(jobs.state(id)).isEqualTo(new JobState.Queued());
        ClaimedJob next = jobs.claimOne();
        assertThat(next.id()).isEqualTo(id);
        assertThat(next.attempt()).isEqualTo(1);
        assertThat(jobs.finish(held, JobFixture.success("late")))
                .as("the token is gone")
                .isEqualTo(JobFinisher.Answer.LOST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsTheWaitOfAJobThatIsGivenBackFromWhenItWasLastWorkedOn(boolean begun) {
        JobId id = jobs.submit("a", Tier.FREE);
        ClaimedJob held = jobs.claimOne();
        long minuteAgo = jobs.millis() - 60_000;
        jobs.harm(id, JobStatus.Word.SINCE, String.valueOf(minuteAgo));
        jobs.finish(held, new Ending.GivenBack(begun));
        boolean allTheTime = jobs.claimOne().waited().compareTo(Duration.ofSeconds(60)) >= 0;
        assertThat(allTheTime).isEqualTo(!begun);
    }

    @Test
    void tellsTheHolderThatItsJobIsToBeCancelledAndEndsIt() {
        JobId id = jobs.submit("a", Tier.FREE);
        ClaimedJob held = jobs.claimOne();
        jobs.command("HSET " + jobs.keys.record(id) + " cancelAsked 1");
        assertThat(
                        new JobRenewer(jobs.lane, jobs.config::rules)
                                .renew(jobs.shard, Map.of(held, 0.1)))
                .containsEntry(held, JobRenewer.Answer.CANCEL);
        assertThat(((JobState.Active) jobs.state(id)).cancelAsked()).isTrue();
        jobs.finish(held, new Ending.Cancelled(true));
        assertThat(jobs.state(id)).isInstanceOf(JobState.Cancelled.class);
        assertThat(jobs.events(id)).containsExactly("active", "cancelled");
        assertThat(jobs.meta("bytes")).isEqualTo(jobs.meta("endedBytes"));
    }

    @Test
    void triesNothingAgainThatIsToBeCancelled() {
        JobId failed = jobs.submit("a", Tier.FREE);
        JobId back = jobs.submit("b", Tier.FREE);
        List<ClaimedJob> held = jobs.claim(2);
        for (JobId id : List.of(failed, back)) {
            jobs.command("HSET " + jobs.keys.record(id) + " cancelAsked 1");
        }
        jobs.finish(held.get(0), new Ending.Again(JobFixture.CRASH));
        jobs.finish(held.get(1), new Ending.GivenBack(true));
        assertThat(jobs.state(failed)).isInstanceOf(JobState.Cancelled.class);
        assertThat(jobs.state(back)).isInstanceOf(JobState.Cancelled.class);
    }

    @Test
    void keepsTheLastLinesOfTheLog() {
        JobId id = jobs.submit("a", Tier.FREE);
        String line = "x".repeat(1000) + "\n";
        jobs.finisher()
                .finish(
                        jobs.shard,
                        List.of(
                                new Attempt(
                                        jobs.claimOne(),
                                        new Ending.Again(JobFixture.CRASH),
                                        "first\n" + line.repeat(7))),
                        List.of());
        jobs.finisher()
                .finish(
                        jobs.shard,
                        List.of(
                                new Attempt(
                                        awaitClaim(),
                                        JobFixture.success("done"),
                                        line + line + "last\n")),
                        List.of());
        assertThat(jobs.log(id)).hasSize(9).doesNotContain("first").endsWith("last");
    }

    /** A success with a log takes a way of its own through the script. */
    @Test
    void leavesTheSameBehindWhicheverWayAJobSucceeds() {
        jobs.submit("a", Tier.FREE);
        jobs.submit("a", Tier.FREE);
        List<String> lines = List.of("line\n", "");
        List<List<Object>> left = new ArrayList<>();
        for (String log : lines) {
            long bytes = jobs.meta("bytes");
            long ended = jobs.meta("endedBytes");
            ClaimedJob held = jobs.claimOne();
            jobs.finisher()
                    .finish(
                            jobs.shard,
                            List.of(new Attempt(held, JobFixture.success("done"), log)),
                            List.of());
            left.add(
                    List.of(
                            field(held, "status"),
                            field(held, "output"),
                            field(held, "result"),
                            field(held, "body"),
                            jobs.meta("bytes") - bytes,
                            jobs.meta("endedBytes") - ended,
                            jobs.events(held.id())));
        }
        assertThat(left.getFirst().getFirst()).asString().startsWith("succeeded - 1 - time ");
        assertThat(left.getFirst()).isEqualTo(left.getLast());
        assertThat(jobs.command("ZCARD " + jobs.keys.prefix() + "ended")).isEqualTo(":2");
        assertThat(jobs.keysBeside("j:", "in:", "c:", "k:", "s:"))
                .containsExactlyInAnyOrder("meta", "events", "ended", "wake");
    }

    /** A field of its record, without what is of this job alone: its times and its token. */
    private String field(ClaimedJob job, String name) {
        Request read = Request.cmd(Command.HGET).arg(jobs.keys.record(job.id())).arg(name);
        String value = String.valueOf(jobs.lane.send(read, Lane.Access.READ));
        return value.replace(job.token(), "token").replaceAll("[0-9]{13}", "time");
    }

    private ClaimedJob awaitClaim() {
        List<ClaimedJob> claimed = new ArrayList<>();
        await().until(() -> {
            jobs.promote();
            return claimed.addAll(jobs.claim(1));
        });
        return claimed.getFirst();
    }
}
