package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.job.JobSettlements.Fate;
import io.trekpoint.lanes.job.JobSettlements.Settlement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the end of a job says of the reservation it was paid by. */
class JobSettlementsTest {
    private static JobFixture jobs;
    private JobSettlements settlements;

    @BeforeAll
    static void start() {
        jobs = new JobFixture(1);
    }

    @AfterAll
    static void stop() {
        jobs.close();
    }

    @BeforeEach
    void empty() {
        jobs.command("FLUSHALL");
        jobs.config = TestJobConfig.usual();
        settlements = new JobSettlements(jobs.lane);
    }

    @Test
    void keepsTheChargeOfAJobThatSucceeded() {
        jobs.submitPaid("r1", Optional.empty());
        ClaimedJob job = jobs.claimOne();
        assertThat(settlements.pending(0)).isEmpty();
        jobs.finish(job, JobFixture.success("done"));
        jobs.finish(job, JobFixture.success("done"));
        assertThat(settlements.pending(0))
                .singleElement()
                .extracting(Settlement::client, Settlement::reservation, Settlement::givenBack)
                .containsExactly("c1", "r1", false);
    }

    @Test
    void keepsTheChargeOfBadInput() {
        jobs.submitPaid("r1", Optional.empty());
        jobs.finish(jobs.claimOne(), new Ending.Failed(failure(false)));
        assertThat(settlements.pending(0)).extracting(Settlement::givenBack).containsExactly(false);
    }

    @Test
    void givesBackWhatFailedForAReasonOfOurs() {
        jobs.submitPaid("r1", Optional.empty());
        jobs.finish(jobs.claimOne(), new Ending.Failed(failure(true)));
        assertThat(settlements.pending(0)).extracting(Settlement::givenBack).containsExactly(true);
    }

    @Test
    void givesBackOnceAttemptsAreSpentAndNotBefore() {
        jobs.config = jobs.config.withMaxAttempts(2);
        JobId id = jobs.submitPaid("r1", Optional.empty());
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        assertThat(settlements.pending(0)).isEmpty();
        jobs.command("ZADD " + jobs.keys.delayed() + " 1 " + id);
        jobs.promote();
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        assertThat(settlements.pending(0)).extracting(Settlement::givenBack).containsExactly(true);
    }

    @Test
    void givesBackWhatWasCancelledBeforeItRan() {
        JobId id = jobs.submitPaid("r1", Optional.empty());
        cancel(id);
        cancel(id);
        assertThat(settlements.pending(0)).extracting(Settlement::givenBack).containsExactly(true);
    }

    @Test
    void keepsTheChargeOfWhatWasCancelledWhileItRan() {
        JobId id = jobs.submitPaid("r1", Optional.empty());
        ClaimedJob job = jobs.claimOne();
        cancel(id);
        jobs.finish(job, new Ending.Cancelled(true));
        assertThat(settlements.pending(0)).extracting(Settlement::givenBack).containsExactly(false);
    }

    @ParameterizedTest
    @MethodSource
    void givesBackWhatWasCancelledWhileItsWorkerHadNotBegun(Ending ending) {
        JobId id = jobs.submitPaid("r1", Optional.empty());
        ClaimedJob job = jobs.claimOne();
        cancel(id);
        jobs.finish(job, ending);
        assertThat(jobs.state(id)).isInstanceOf(JobState.Cancelled.class);
        assertThat(settlements.pending(0)).extracting(Settlement::givenBack).containsExactly(true);
    }

    static List<Ending> givesBackWhatWasCancelledWhileItsWorkerHadNotBegun() {
        return List.of(new Ending.Cancelled(false), new Ending.GivenBack(false));
    }

    @Test
    void keepsTheChargeOfWhatRanBeforeItWasCancelledUnbegun() {
        JobId id = jobs.submitPaid("r1", Optional.empty());
        jobs.finish(jobs.claimOne(), new Ending.Again(JobFixture.CRASH));
        jobs.command("ZADD " + jobs.keys.delayed() + " 1 " + id);
        jobs.promote();
        ClaimedJob second = jobs.claimOne();
        cancel(id);
        jobs.finish(second, new Ending.Cancelled(false));
        assertThat(settlements.pending(0)).extracting(Settlement::givenBack).containsExactly(false);
    }

    @Test
    void saysNothingOfJobsThatCostNothing() {
        jobs.submit("c1", Tier.FREE);
        jobs.finish(jobs.claimOne(), JobFixture.success("done"));
        assertThat(settlements.pending(0)).isEmpty();
    }

    @Test
    void strikesOutWhatIsDone() {
        jobs.submitPaid("r1", Optional.empty());
        jobs.submitPaid("r2", Optional.empty());
        jobs.claim(2).forEach(job -> jobs.finish(job, JobFixture.success("done")));
        List<Settlement> pending = settlements.pending(0);
        settlements.done(0, pending.subList(0, 1));
        assertThat(settlements.pending(0)).isEqualTo(pending.subList(1, 2));
    }

    @Test
    void knowsWhatBecameOfASubmit() {
        JobId id = jobs.submitPaid("r1", Optional.of("key"));
        JobId never = JobId.random(0);
        Optional<String> key = Optional.of("key");
        assertThat(fate(Optional.empty(), never)).isEqualTo(new Fate.None());
        assertThat(fate(Optional.of("another"), never)).isEqualTo(new Fate.None());
        assertThat(fate(key, never)).isEqualTo(new Fate.Open(id));
        assertThat(fate(Optional.empty(), id)).isEqualTo(new Fate.Open(id));
        assertThat(fate(Optional.empty(), never, id)).isEqualTo(new Fate.Open(id));
        jobs.finish(jobs.claimOne(), JobFixture.success("done"));
        assertThat(fate(Optional.empty(), id)).isEqualTo(new Fate.Ended());
        jobs.command("ZADD " + jobs.keys.ended() + " 1 " + id);
        assertThat(jobs.expire()).isOne();
        assertThat(fate(Optional.empty(), id)).isEqualTo(new Fate.Ended());
        assertThat(fate(key, never)).isEqualTo(new Fate.Ended());
    }

    @Test
    void findsNoJobForAReservationThatAnotherHasPaidFor() {
        jobs.submitPaid("r2", Optional.of("key"));
        assertThat(fate(Optional.of("key"), JobId.random(0))).isEqualTo(new Fate.None());
    }

    @Test
    void findsNoJobWhereNothingTellsAnyMoreWhatPaidForIt() {
        JobId id = jobs.submitPaid("r1", Optional.empty());
        jobs.command("DEL " + jobs.keys.record(id));
        await().until(() -> jobs.reconcile().round());
        assertThat(jobs.state(id)).isInstanceOf(JobState.Failed.class);
        assertThat(settlements.pending(0)).isEmpty();
        assertThat(fate(Optional.empty(), id)).isEqualTo(new Fate.None());
    }

    private Fate fate(Optional<String> key, JobId... ids) {
        return settlements.fate("c1", "r1", List.of(ids), key);
    }

    private static void cancel(JobId id) {
        new JobCanceller(jobs.lane, jobs.config::rules).cancel(id, "c1");
    }

    private static JobFailure failure(boolean retryable) {
        return new JobFailure(
                "CODE", "message", OptionalInt.empty(), OptionalInt.empty(), retryable);
    }
}
