package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.LaneException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is claimed when: priorities, ageing, shares of the line, jobs for later, pauses. */
@ParameterizedClass
@ValueSource(ints = {1, 3})
class JobLineTest {
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
    void claimsTheHigherTierFirst() {
        JobId free = jobs.submit("a", Tier.FREE);
        JobId pro = jobs.submit("b", Tier.PRO);
        JobId partner = jobs.submit("c", Tier.PARTNER);
        assertThat(jobs.claimIds(2)).containsExactly(partner, pro);
        assertThat(jobs.claimIds(2)).containsExactly(free);
    }

    @Test
    void claimsALowerTierFirstOnceItHasWaitedLonger() {
        jobs.config = jobs.config.withAgeingStep(Duration.ofMillis(1));
        JobId free = jobs.submit("a", Tier.FREE);
        await().until(() -> jobs.millis() > createdMillis(free) + 3);
        JobId partner = jobs.submit("c", Tier.PARTNER);
        assertThat(jobs.claimIds(2)).containsExactly(free, partner);
    }

    @Test
    void letsAClientHaveItsShareOfTheLineAndNoMore() {
        for (int i = 0; i < 8; i++) {
            jobs.submit("greedy", Tier.FREE);
        }
        JobId other = jobs.submit("modest", Tier.FREE);
        List<ClaimedJob> claimed = jobs.claim(10);
        assertThat(claimed).hasSize(6);
        assertThat(claimed.getLast().id()).isEqualTo(other);
        assertThat(jobs.claim(10)).isEmpty();
    }

    @Test
    void letsTheNextMoveUpWhenOneEnds() {
        List<JobId> submitted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            submitted.add(jobs.submit("greedy", Tier.FREE));
        }
        List<ClaimedJob> claimed = jobs.claim(10);
        jobs.finish(claimed.get(0), JobFixture.success("done"));
        assertThat(jobs.claimIds(10)).containsExactly(submitted.get(5));
        jobs.finish(claimed.get(1), new Ending.Failed(JobFixture.CRASH));
        assertThat(jobs.claimIds(10)).containsExactly(submitted.get(6));
    }

    @Test
    void fillsALineWhoseCapWasRaised() {
        for (int i = 0; i < 12; i++) {
            jobs.submit("greedy", Tier.FREE);
        }
        List<ClaimedJob> claimed = jobs.claim(20);
        jobs.config = jobs.config.withFreeCap(8);
        jobs.finish(claimed.getFirst(), JobFixture.success("done"));
        assertThat(jobs.claim(20)).hasSize(4);
    }

    @Test
    void keepsAJobFromBeingClaimedBeforeItsTime() {
        Instant due = Instant.ofEpochMilli(jobs.millis() + 300);
        JobId id = jobs.submit("a", Tier.FREE, Optional.of(due));
        assertThat(jobs.state(id)).isEqualTo(new JobState.Delayed(due, Optional.empty()));
        assertThat(jobs.find(id).notBefore()).contains(due);
        jobs.promote();
        assertThat(jobs.claim(1)).isEmpty();
        await().until(() -> {
            jobs.promote();
            return jobs.state(id).equals(new JobState.Queued());
        });
        assertThat(jobs.millis()).isGreaterThanOrEqualTo(due.toEpochMilli());
        assertThat(jobs.claimIds(1)).containsExactly(id);
        assertThat(jobs.events(id)).containsExactly("queued", "active");
    }

    @Test
    void queuesAtOnceWhatMayAlreadyBeClaimed() {
        JobId id = jobs.submit("a", Tier.FREE, Optional.of(Instant.ofEpochMilli(1_000)));
        assertThat(jobs.claimIds(1)).containsExactly(id);
    }

    @Test
    void refusesAJobForATimeBeyondTheHorizon() {
        Instant tooFar =
                Instant.ofEpochMilli(jobs.millis()).plus(Duration.ofDays(1).plusMinutes(1));
        assertThat(jobs.outcome("a", Tier.FREE, Optional.of(tooFar)))
                .isEqualTo(new SubmitOutcome.TooFarAhead(Duration.ofDays(1)));
        assertThat(jobs.command("ZCARD " + jobs.keys.open())).isEqualTo(":0");
    }

    @Test
    void claimsNothingWhilePaused() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.command("HSET " + jobs.keys.meta() + " paused 1");
        assertThat(jobs.claim(1)).isEmpty();
        jobs.command("HDEL " + jobs.keys.meta() + " paused");
        assertThat(jobs.claimIds(1)).containsExactly(id);
    }

    @Test
    void skipsAnEntryWhoseJobIsNotThereAndGoesOn() {
        JobId lost = jobs.submit("a", Tier.FREE);
        JobId found = jobs.submit("a", Tier.FREE);
        jobs.command("DEL " + jobs.keys.record(lost));
        assertThat(jobs.claimIds(1)).containsExactly(found);
        assertThat(jobs.meta("entriesSkipped")).isEqualTo(1);
    }

    @Test
    void wakesAWorkerForEachJobAndForgetsTheWakeUpsOnceNothingIsLeft() {
        jobs.submit("a", Tier.FREE);
        jobs.submit("a", Tier.FREE);
        assertThat(jobs.command("LLEN " + jobs.keys.wake())).isEqualTo(":2");
        jobs.claim(5);
        assertThat(jobs.command("LLEN " + jobs.keys.wake())).isEqualTo(":0");
    }

    @Test
    void refusesWhoeverThinksThatThereAreMoreShards() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.config = jobs.config.withShards(shards + 1);
        assertThatThrownBy(() -> jobs.claim(1))
                .isInstanceOf(LaneException.class)
                .hasMessageContaining("LAYOUT");
        assertThatThrownBy(() -> jobs.submit("a", Tier.FREE)).hasMessageContaining("LAYOUT");
        jobs.config = jobs.config.withShards(shards);
        assertThat(jobs.claimIds(2)).containsExactly(id);
    }

    @Test
    void touchesNothingOfADataSetInAnotherFormat() {
        JobId delayed = jobs.submit("a", Tier.FREE);
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        JobId id = jobs.submit("a", Tier.FREE);
        ClaimedJob held = jobs.claimOne();
        jobs.submit("a", Tier.FREE);
        jobs.command("HINCRBY " + jobs.keys.meta() + " format 1");
        JobFinisher.Turn turn =
                jobs.finisher()
                        .finish(
                                jobs.shard,
                                List.of(new Attempt(held, new Ending.GivenBack(true), "")),
                                JobClaimer.tokens(2));
        assertThat(turn.claimed()).isEmpty();
        DeadLetters dead = new DeadLetters(jobs.lane, jobs.config::rules);
        List<ThrowingCallable> steps =
                List.of(
                        () -> jobs.submit("a", Tier.FREE),
                        () -> jobs.claim(1),
                        jobs::reap,
                        jobs::promote,
                        jobs::reconcile,
                        jobs::expire,
                        () -> new JobCanceller(jobs.lane, jobs.config::rules).cancel(id, "a"),
                        () -> dead.retry(id),
                        () -> dead.discard(id));
        assertThat(steps)
                .allSatisfy(step ->
                        assertThatThrownBy(step)
                                .isInstanceOf(LaneException.class)
                                .hasMessageContaining("LAYOUT"));
        jobs.command("HINCRBY " + jobs.keys.meta() + " format -1");
        assertThat(jobs.claimIds(1)).containsExactly(id);
        assertThat(jobs.state(delayed)).isInstanceOf(JobState.Delayed.class);
        assertThat(jobs.meta("repairs")).isZero();
    }

    private long createdMillis(JobId id) {
        return jobs.find(id).createdAt().toEpochMilli();
    }
}
