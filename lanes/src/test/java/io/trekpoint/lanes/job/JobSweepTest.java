package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.client.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sweeps set right: lost workers, damaged data, ended jobs. */
@ParameterizedClass
@ValueSource(ints = {1, 3})
class JobSweepTest {
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
    void keepsBytesBelowSixTenthsOfTheMemoryThatRedisMayTake() {
        jobs.config = jobs.config.withByteBudget(1L << 40);
        jobs.submit("a", Tier.FREE);
        long used = jobs.meta("bytes");
        jobs.command("CONFIG SET maxmemory 100mb");
        jobs.reconcile();
        long ceiling = (long) (100L * 1024 * 1024 * 0.6 / shards);
        assertThat(jobs.meta("ceiling")).isEqualTo(ceiling);
        jobs.command("HINCRBY %s bytes %d".formatted(jobs.keys.meta(), ceiling - used));

        assertThat(jobs.outcome("a", Tier.FREE, Optional.empty()))
                .isInstanceOf(SubmitOutcome.OverBudget.class);
        assertThat(new QueueOverview(jobs.lane, jobs.config).shards())
                .filteredOn(shard -> shard.shard() == jobs.shard)
                .singleElement()
                .extracting(shard -> shard.budget(1L << 40))
                .isEqualTo(ceiling);

        jobs.command("CONFIG SET maxmemory 0");
        jobs.reconcile();
        assertThat(jobs.outcome("a", Tier.FREE, Optional.empty()))
                .isInstanceOf(SubmitOutcome.Accepted.class);
    }

    @Test
    void putsTheJobOfALostWorkerFirstInLine() {
        JobId lost = claimedAndLost();
        jobs.submit("b", Tier.PARTNER);
        awaitReap();
        ClaimedJob again = jobs.claimOne();
        assertThat(again.id()).isEqualTo(lost);
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void makesAJobThatLosesEveryWorkerADeadLetterAndLeavesItsNeighboursAlone() {
        jobs.config = jobs.config.withMaxAttempts(2);
        JobId poison = claimedAndLost();
        JobId neighbour = jobs.submit("b", Tier.FREE);
        awaitReap();
        assertThat(jobs.claimOne().id()).isEqualTo(poison);
        awaitReap();
        assertThat(((JobState.Failed) jobs.state(poison)).failure().code())
                .isEqualTo("ATTEMPTS_SPENT");
        assertThat(jobs.command("ZCARD " + jobs.keys.dead())).isEqualTo(":1");
        assertThat(jobs.claimIds(5)).containsExactly(neighbour);
    }

    @Test
    void keepsTheLastFailureOfADeadLetterWhoseLastWorkerIsLost() {
        jobs.config =
                jobs.config
                        .withMaxAttempts(2)
                        .withLease(Duration.ofMillis(20))
                        .withBackoff(Duration.ofMillis(1));
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        await().until(() -> {
            jobs.promote();
            return jobs.claim(1).size() == 1;
        });
        awaitReap();
        assertThat(((JobState.Failed) jobs.state(id)).failure()).isEqualTo(JobFixture.CRASH);
    }

    @Test
    void tellsWhetherMoreLeasesHaveLapsed() {
        jobs.config = jobs.config.withLease(Duration.ofMillis(20));
        for (int n = 0; n < 101; n++) {
            jobs.submit("client-" + n, Tier.FREE);
        }
        assertThat(jobs.claim(101)).hasSize(101);
        await().until(() -> jobs.reap().more());
        assertThat(jobs.reap()).isEqualTo(new JobReaper.Reaped(1, 0, false));
    }

    @Test
    void letsJobsThatAreLostAgainComeBackEachAtItsOwnTime() {
        jobs.config =
                jobs.config.withLease(Duration.ofMillis(20)).withBackoff(Duration.ofSeconds(2));
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(jobs.submit("a", Tier.PARTNER));
        }
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThat(jobs.claim(8)).hasSize(8);
            await().until(() -> {
                jobs.reap();
                return ids.stream().noneMatch(id -> jobs.state(id) instanceof JobState.Active);
            });
        }
        long now = jobs.millis();
        List<Long> due =
                ids.stream()
                        .map(id -> ((JobState.Delayed) jobs.state(id)).dueAt().toEpochMilli())
                        .distinct()
                        .toList();
        assertThat(due).hasSizeGreaterThan(4).allMatch(at -> at <= now + 4_000);
        assertThat(jobs.command("SCARD " + jobs.keys.share(Priority.HIGH, "a"))).isEqualTo(":0");
    }

    @Test
    void cancelsTheJobOfALostWorkerThatWasToBeCancelled() {
        JobId id = claimedAndLost();
        jobs.command("HSET " + jobs.keys.record(id) + " cancelAsked 1");
        await().until(() -> {
            jobs.reap();
            return jobs.state(id) instanceof JobState.Cancelled;
        });
        assertThat(jobs.claim(1)).isEmpty();
    }

    @Test
    void changesNothingInASoundShard() {
        for (int i = 0; i < 8; i++) {
            jobs.submit("greedy", Tier.FREE);
        }
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        jobs.finish(jobs.claimOne(), new Ending.GivenBack(true));
        jobs.claim(2);
        assertThat(sweep()).isZero();
        assertThat(jobs.meta("repairs")).isZero();
    }

    @Test
    void putsJobsBackInLineWhoseStreamIsGone() {
        List<JobId> submitted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            submitted.add(jobs.submit("a", Tier.FREE));
        }
        jobs.command("DEL " + jobs.keys.work(Priority.LOW));
        assertThat(jobs.claim(1)).isEmpty();
        assertThat(sweep()).isEqualTo(5);
        assertThat(drain()).containsExactlyInAnyOrderElementsOf(submitted);
    }

    @Test
    void freesThoseWhoWaitBehindNobody() {
        List<JobId> waiting = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            waiting.add(jobs.submit("a", Tier.FREE));
        }
        for (JobId gone : waiting.subList(0, 5)) {
            jobs.command("DEL " + jobs.keys.record(gone));
        }
        jobs.claim(5);
        sweep();
        sweep();
        assertThat(drain()).containsExactlyInAnyOrderElementsOf(waiting.subList(5, 7));
    }

    @Test
    void givesALeaseToAnActiveJobThatHasNone() {
        jobs.config = jobs.config.withLease(Duration.ofMillis(20));
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.claimOne();
        jobs.command("ZREM " + jobs.keys.lease() + " " + id);
        assertThat(sweep()).isEqualTo(1);
        awaitReap();
        assertThat(jobs.claimIds(1)).containsExactly(id);
    }

    @Test
    void givesADelayedJobItsTimeBack() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        jobs.command("DEL " + jobs.keys.delayed());
        assertThat(sweep()).isEqualTo(1);
        await().until(() -> {
            jobs.promote();
            return jobs.state(id).equals(new JobState.Queued());
        });
    }

    @Test
    void makesDeadLettersOfOpenJobsWhoseRecordIsGone() {
        JobId id = jobs.submit("a", Tier.FREE);
        JobId wrong = jobs.submit("b", Tier.FREE);
        jobs.command("DEL " + jobs.keys.record(id));
        jobs.command("DEL " + jobs.keys.record(wrong));
        jobs.command("SET " + jobs.keys.record(wrong) + " text");
        assertThat(jobs.claim(2)).isEmpty();
        assertThat(sweep()).isEqualTo(4);
        assertThat(jobs.command("ZCARD " + jobs.keys.open())).isEqualTo(":0");
        for (JobId dead : List.of(id, wrong)) {
            assertThat(((JobState.Failed) jobs.state(dead)).failure().code())
                    .isEqualTo("CORRUPT_RECORD");
            new DeadLetters(jobs.lane, jobs.config::rules).discard(dead);
        }
        await().until(() -> jobs.expire() == 2);
        assertThat(jobs.command("EXISTS " + jobs.keys.input(id, 0))).isEqualTo(":0");
        for (String counter : List.of("bytes", "endedBytes", "deadBytes")) {
            assertThat(jobs.meta(counter)).as(counter).isZero();
        }
    }

    @Test
    void writesNumbersWhereARecordHasNone() {
        JobId id = jobs.submit("a", Tier.PRO);
        jobs.harm(id, JobStatus.Word.ATTEMPT, "many");
        jobs.harm(id, JobStatus.Word.PRIORITY, "urgent");
        jobs.harm(id, JobStatus.Word.CREATED, "now");
        assertThat(jobs.claim(1)).as("a record like that is not worked with").isEmpty();
        assertThat(sweep()).isEqualTo(2);
        assertThat(jobs.claimIds(1)).containsExactly(id);
        assertThat(jobs.find(id).attempt()).isEqualTo(1);
    }

    @Test
    void mendsEveryNumberThatAClaimTakesNoOther() {
        String tooLong = "12345678901234567890";
        Map<JobStatus.Word, String> harms =
                Map.of(
                        JobStatus.Word.SINCE,
                        "-",
                        JobStatus.Word.MAX_ATTEMPTS,
                        "3.0",
                        JobStatus.Word.IN_BYTES,
                        tooLong,
                        JobStatus.Word.IN_STORED,
                        "1e2");
        harms.forEach((word, value) -> {
            JobId id = jobs.submit("a", Tier.FREE);
            jobs.harm(id, word, value);
            if (!value.equals(tooLong)) {
                assertThat(jobs.claim(1)).as("%s", word).isEmpty();
            }
            sweep();
            assertThat(sweep()).as("%s is mended once", word).isZero();
            ClaimedJob mended = jobs.claimOne();
            assertThat(mended.id()).as("%s", word).isEqualTo(id);
            jobs.finish(mended, JobFixture.success("done"));
        });
    }

    @Test
    void mendsAStatusWithTooManySpaces() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.claimOne();
        jobs.harm(id, JobStatus.Word.PLACE, "- ");
        assertThat(sweep()).isEqualTo(1);
        assertThat(jobs.state(id)).isInstanceOf(JobState.Active.class);
        assertThat(sweep()).isZero();
    }

    @Test
    void makesDeadLettersOfWordsThatNoClaimWouldTake() {
        for (JobStatus.Word word :
                List.of(JobStatus.Word.CLIENT, JobStatus.Word.TYPE, JobStatus.Word.TIER)) {
            JobId id = jobs.submit("a", Tier.FREE);
            jobs.harm(id, word, word == JobStatus.Word.TIER ? "-" : "-x");
            assertThat(jobs.claim(1)).as("%s", word).isEmpty();
            sweep();
            assertThat(jobs.state(id)).as("%s", word).isInstanceOf(JobState.Failed.class);
            assertThat(retry(id))
                    .isEqualTo(
                            word == JobStatus.Word.TIER
                                    ? DeadLetters.Answer.OK
                                    : DeadLetters.Answer.CORRUPT);
        }
    }

    @Test
    void handsOutTheJobsBesideOneThatCannotBeRead() {
        JobId unreadable = jobs.submit("a", Tier.FREE);
        JobId sound = jobs.submit("a", Tier.FREE);
        jobs.harm(unreadable, JobStatus.Word.IN_BYTES, "12345678901234567890");
        assertThat(jobs.claimIds(2)).containsExactly(sound);
    }

    @Test
    void goesOnBesideARecordThatIsNone() {
        jobs.config = jobs.config.withFreeCap(1);
        JobId holder = jobs.submit("a", Tier.FREE);
        JobId waits = jobs.submit("a", Tier.FREE);
        JobId lost = jobs.submit("b", Tier.FREE);
        jobs.command("DEL " + jobs.keys.record(holder));
        jobs.command("SET " + jobs.keys.record(holder) + " x");
        jobs.command("DEL " + jobs.keys.record(lost));
        // So that whoever waits for its share is looked at before it.
        jobs.command("ZADD %s 9999999999999 %s".formatted(jobs.keys.open(), holder));

        sweep();

        assertThat(jobs.state(holder)).isInstanceOf(JobState.Failed.class);
        assertThat(jobs.state(lost)).isInstanceOf(JobState.Failed.class);
        assertThat(jobs.command("ZCARD " + jobs.keys.dead())).isEqualTo(":2");
        assertThat(jobs.claimIds(2)).containsExactly(waits);
    }

    @Test
    void mendsTimesThatNoClaimLooksAt() {
        JobId queued = jobs.submit("a", Tier.FREE);
        jobs.harm(queued, JobStatus.Word.NOT_BEFORE, "x");
        assertThat(sweep()).isEqualTo(1);
        assertThat(jobs.state(queued)).isInstanceOf(JobState.Queued.class);
        jobs.claimOne();
        jobs.harm(queued, JobStatus.Word.STARTED, "garbage");
        assertThat(sweep()).isEqualTo(1);
        assertThat(jobs.state(queued)).isInstanceOf(JobState.Active.class);
        assertThat(sweep()).isZero();
    }

    @Test
    void takesTheTimeOfADelayedJobFromWhereItWaits() {
        Instant later = Instant.ofEpochMilli(jobs.millis() + 3_600_000);
        JobId id = jobs.submit("a", Tier.FREE, Optional.of(later));
        jobs.harm(id, JobStatus.Word.DUE, "x");
        assertThat(sweep()).isEqualTo(1);
        assertThat(((JobState.Delayed) jobs.state(id)).dueAt()).isEqualTo(later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20000", "5000000", "1e300", "99999999999999999999"})
    void deletesAJobWhateverItsRecordSaysOfItsChunks(String chunks) {
        jobs.config = jobs.config.withRetention(Duration.ofMillis(1));
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), JobFixture.success("done"));
        jobs.harm(id, JobStatus.Word.IN_CHUNKS, chunks);
        await().until(() -> jobs.expire() == 1);
        assertThat(jobs.command("EXISTS " + jobs.keys.input(id, 0))).isEqualTo(":0");
        assertThat(jobs.meta("bytes")).isZero();
    }

    @Test
    void takesJobsBackThoughTheClockWasPutBack() {
        claimedAndLost();
        long hourAhead = jobs.millis() + 3_600_000;
        jobs.command("HSET %s quietUntil %d".formatted(jobs.keys.meta(), hourAhead));
        awaitReap();
    }

    @Test
    void renewsTheLeasesBesideARecordThatIsNone() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.submit("a", Tier.FREE);
        List<ClaimedJob> held = jobs.claim(2);
        jobs.command("DEL " + jobs.keys.record(id));
        jobs.command("SET " + jobs.keys.record(id) + " x");
        assertThat(
                        new JobRenewer(jobs.lane, jobs.config::rules)
                                .renew(jobs.shard, Map.of(held.get(0), 0.1, held.get(1), 0.1)))
                .containsEntry(held.get(0), JobRenewer.Answer.LOST)
                .containsEntry(held.get(1), JobRenewer.Answer.OK);
    }

    @Test
    void makesADeadLetterOfWhatCannotBeRepaired() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.harm(id, JobStatus.Word.CLIENT, "-");
        jobs.harm(id, JobStatus.Word.TYPE, "-");
        assertThat(sweep()).isEqualTo(1);
        assertThat(((JobState.Failed) jobs.state(id)).failure().code()).isEqualTo("CORRUPT_RECORD");
        assertThat(jobs.claim(1)).isEmpty();
        assertThat(sweep()).isZero();
    }

    @Test
    void deletesTheOldestDeadLettersBeyondTheirBytes() {
        jobs.config = jobs.config.withMaxAttempts(1);
        JobId first = dead();
        // Of two that died within a ms, neither is the older one.
        long died = jobs.millis();
        await().pollDelay(Duration.ZERO).until(() -> jobs.millis() > died);
        JobId second = dead();
        jobs.config = jobs.config.withDeadBytes(jobs.meta("deadBytes") - 1);
        assertThat(jobs.expire()).isEqualTo(1);
        assertThat(new JobLookup(jobs.lane).find(first)).isEmpty();
        assertThat(new JobLookup(jobs.lane).find(second)).isPresent();
        assertThat(jobs.meta("endedBytes")).isEqualTo(jobs.meta("deadBytes"));
    }

    @Test
    void deletesEndedJobsBeyondTheirBytesAndNoOpenOnes() {
        jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), JobFixture.success("done"));
        JobId open = jobs.submit("a", Tier.FREE);
        jobs.config = jobs.config.withRetainedBytes(0);
        assertThat(jobs.expire()).isEqualTo(1);
        assertThat(jobs.meta("endedBytes")).isZero();
        assertThat(jobs.state(open)).isEqualTo(new JobState.Queued());
        assertThat(jobs.meta("bytes")).isPositive();
    }

    @Test
    void leavesNothingOfJobsThatAreGoneButTheirTombstones() {
        jobs.config = jobs.config.withMaxAttempts(1).withRetainedBytes(0);
        dead();
        jobs.submit("a", Tier.PRO);
        jobs.finish(jobs.claimOne(), JobFixture.success("done"));
        jobs.submit("a", Tier.FREE, Optional.empty());
        jobs.finish(jobs.claimOne(), new Ending.Cancelled(true));
        while (jobs.expire() > 0) {}
        jobs.command("DEL " + jobs.keys.events() + " " + jobs.keys.meta());
        assertThat(jobs.keysBeside("gone:", "k:", "s:", "wake")).isEmpty();
    }

    @Test
    void retriesNoDeadLetterThatHasLostItsTypeOrItsInput() {
        JobId lost = jobs.submit("a", Tier.FREE);
        jobs.command("DEL " + jobs.keys.record(lost));
        sweep();
        assertThat(retry(lost)).isEqualTo(DeadLetters.Answer.CORRUPT);
        jobs.config = jobs.config.withMaxAttempts(1);
        JobId dead = dead();
        jobs.command("DEL " + jobs.keys.input(dead, 0));
        assertThat(retry(dead)).isEqualTo(DeadLetters.Answer.CORRUPT);
    }

    private DeadLetters.Answer retry(JobId id) {
        return new DeadLetters(jobs.lane, jobs.config::rules).retry(id);
    }

    private JobId dead() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        return id;
    }

    private JobId claimedAndLost() {
        jobs.config = jobs.config.withLease(Duration.ofMillis(20));
        JobId id = jobs.submit("a", Tier.FREE);
        assertThat(jobs.claimOne().id()).isEqualTo(id);
        return id;
    }

    private void awaitReap() {
        await().until(() -> {
            JobReaper.Reaped reaped = jobs.reap();
            return reaped.requeued() + reaped.spent() == 1;
        });
    }

    /** One whole round; how many repairs it took. */
    private int sweep() {
        int repairs = 0;
        JobReconciler.Swept swept;
        do {
            swept = jobs.reconcile();
            repairs += swept.repairs();
        } while (!swept.round());
        return repairs;
    }

    private List<JobId> drain() {
        List<JobId> ids = new ArrayList<>();
        for (List<ClaimedJob> some = jobs.claim(10); !some.isEmpty(); some = jobs.claim(10)) {
            for (ClaimedJob job : some) {
                ids.add(job.id());
                jobs.finish(job, JobFixture.success("done"));
            }
        }
        return ids;
    }
}
