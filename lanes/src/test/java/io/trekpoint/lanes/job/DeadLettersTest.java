package io.trekpoint.lanes.job;

import static io.trekpoint.lanes.job.JobFixture.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.client.Tier;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 3})
class DeadLettersTest {
    @Parameter int shards;
    private JobFixture jobs;

    @BeforeEach
    void start() {
        jobs = new JobFixture(shards);
        jobs.config = jobs.config.withMaxAttempts(1);
    }

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void areListedAndShownWithTheirLastFailure() {
        JobId dead = die();
        jobs.submit("ann", Tier.FREE);
        JobPage page =
                new JobLister(jobs.lane, jobs.config)
                        .deadLetters(
                                new JobLister.Query(
                                        Optional.empty(), Optional.empty(), Optional.empty(), 10));
        assertThat(page.jobs()).extracting(JobSummary::id).containsExactly(dead);
        assertThat(page.jobs().getFirst().failure())
                .contains(new JobSummary.Failure("INTERNAL", "the engine failed"));
        assertThat(deadLetters().find(dead)).map(JobRecord::client).contains("ann");
    }

    @Test
    void runAgainWithFreshAttempts() {
        JobId dead = die();
        jobs.config = jobs.config.withMaxAttempts(4);

        assertThat(deadLetters().retry(dead)).isEqualTo(DeadLetters.Answer.OK);

        JobRecord job = jobs.find(dead);
        assertThat(job.state()).isEqualTo(new JobState.Queued());
        assertThat(job.attempt()).isZero();
        assertThat(job.maxAttempts()).isEqualTo(4);
        ClaimedJob claimed = jobs.claimOne();
        assertThat(claimed.id()).isEqualTo(dead);
        assertThat(jobs.claimer().openInput(claimed)).hasContent("input");
        assertThat(jobs.finish(claimed, success("done"))).isEqualTo(JobFinisher.Answer.OK);
        assertThat(jobs.state(dead)).isInstanceOf(JobState.Succeeded.class);
        assertThat(deadLetters().find(dead)).isEmpty();
    }

    @Test
    void leaveTheCountsAsIfTheyHadNeverDied() {
        jobs.submit("ann", Tier.FREE);
        long bytes = jobs.meta("bytes");
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        JobId dead =
                new JobLister(jobs.lane, jobs.config)
                        .deadLetters(
                                new JobLister.Query(
                                        Optional.empty(), Optional.empty(), Optional.empty(), 1))
                        .jobs()
                        .getFirst()
                        .id();

        deadLetters().retry(dead);

        assertThat(jobs.meta("bytes")).isEqualTo(bytes);
        assertThat(jobs.meta("deadBytes")).isZero();
        assertThat(jobs.meta("endedBytes")).isZero();
        assertThat(jobs.command("ZCARD " + jobs.keys.ended())).isEqualTo(":0");
        assertThat(jobs.command("ZCARD " + jobs.keys.open())).isEqualTo(":1");
    }

    @Test
    void waitTheirTurnBehindTheShareOfTheirClient() {
        JobId dead = die();
        jobs.config = jobs.config.withFreeCap(1);
        JobId other = jobs.submit("ann", Tier.FREE);
        deadLetters().retry(dead);
        assertThat(jobs.claimIds(5)).containsExactly(other);
    }

    @Test
    void areGoneWithTheNextSweepOnceDiscarded() {
        JobId dead = die();
        assertThat(deadLetters().discard(dead)).isEqualTo(DeadLetters.Answer.OK);
        assertThat(deadLetters().discard(dead)).isEqualTo(DeadLetters.Answer.NONE);
        assertThat(deadLetters().retry(dead)).isEqualTo(DeadLetters.Answer.NONE);
        await().until(() -> jobs.expire() == 1);
        assertThat(new JobLookup(jobs.lane).find(dead)).isEmpty();
        assertThat(new JobLookup(jobs.lane).goneFrom(dead)).contains("ann");
        for (String counter : new String[] {"bytes", "deadBytes", "endedBytes"}) {
            assertThat(jobs.meta(counter)).as(counter).isZero();
        }
    }

    @Test
    void stayDeadWithoutRoomForTheirOutput() {
        JobId dead = die();
        jobs.config = jobs.config.withByteBudget(jobs.meta("bytes"));
        assertThat(deadLetters().retry(dead)).isEqualTo(DeadLetters.Answer.BUDGET);
        assertThat(deadLetters().find(dead)).isPresent();
    }

    @Test
    void stayDeadWithoutRoomBelowTheCeilingOfTheirRedis() {
        JobId dead = die();
        jobs.command("HSET " + jobs.keys.meta() + " ceiling " + jobs.meta("bytes"));
        assertThat(deadLetters().retry(dead)).isEqualTo(DeadLetters.Answer.BUDGET);
        assertThat(deadLetters().find(dead)).isPresent();
    }

    @Test
    void areNotCancelledByAWishFromBeforeTheirEnd() {
        JobId dead = die();
        jobs.command("HSET " + jobs.keys.record(dead) + " cancelAsked 1");
        deadLetters().retry(dead);
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        assertThat(jobs.state(dead)).isInstanceOf(JobState.Failed.class);
    }

    @Test
    void areDeletedThoughTheirRecordCannotBeRead() {
        JobId dead = die();
        jobs.command("SET " + jobs.keys.record(dead) + " text");
        JobId behind = die();
        deadLetters().discard(dead);
        deadLetters().discard(behind);

        await().until(() -> jobs.expire() == 2);

        assertThat(jobs.command("EXISTS " + jobs.keys.record(dead))).isEqualTo(":0");
        assertThat(jobs.command("EXISTS " + jobs.keys.input(dead, 0))).isEqualTo(":0");
        for (String counter : new String[] {"bytes", "deadBytes", "endedBytes"}) {
            assertThat(jobs.meta(counter)).as(counter).isZero();
        }
        assertThat(new JobLookup(jobs.lane).find(behind)).isEmpty();
    }

    @Test
    void areNotJobsThatFailedForGoodOrStillRun() {
        JobId failed = jobs.submit("ann", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Failed(JobFixture.CRASH));
        JobId queued = jobs.submit("ann", Tier.FREE);
        for (JobId id : new JobId[] {failed, queued, JobId.random(jobs.shard)}) {
            assertThat(deadLetters().find(id)).isEmpty();
            assertThat(deadLetters().retry(id)).isEqualTo(DeadLetters.Answer.NONE);
            assertThat(deadLetters().discard(id)).isEqualTo(DeadLetters.Answer.NONE);
        }
    }

    private JobId die() {
        JobId id = jobs.submit("ann", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        return id;
    }

    private DeadLetters deadLetters() {
        return new DeadLetters(jobs.lane, () -> jobs.config.rules());
    }
}
