package io.trekpoint.lanes.job;

import static io.trekpoint.lanes.job.JobFixture.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.client.Tier;
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
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 3})
class JobCancellerTest {
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
    void takesAQueuedJobOutOfTheLineForGood() {
        JobId cancelled = jobs.submit("ann", Tier.FREE);
        JobId other = jobs.submit("ann", Tier.FREE);

        assertThat(cancel(cancelled, "ann")).isEqualTo(JobCanceller.Answer.CANCELLED);

        assertThat(jobs.state(cancelled)).isInstanceOf(JobState.Cancelled.class);
        assertThat(jobs.claimIds(5)).containsExactly(other);
        assertThat(jobs.events(cancelled)).containsExactly("cancelled");
        assertThat(jobs.meta("entriesSkipped")).isZero();
    }

    @Test
    void letsTheNextOfTheClientMoveUp() {
        List<JobId> all = submit(6);
        assertThat(cancel(all.getFirst(), "ann")).isEqualTo(JobCanceller.Answer.CANCELLED);
        assertThat(jobs.claimIds(6)).containsExactlyElementsOf(all.subList(1, 6));
    }

    @Test
    void takesAWaitingJobOutOfItsList() {
        List<JobId> all = submit(6);
        assertThat(cancel(all.getLast(), "ann")).isEqualTo(JobCanceller.Answer.CANCELLED);
        for (ClaimedJob job : jobs.claim(6)) {
            jobs.finish(job, success("done"));
        }
        assertThat(jobs.claimIds(6)).isEmpty();
        assertThat(jobs.state(all.getLast())).isInstanceOf(JobState.Cancelled.class);
    }

    @Test
    void takesADelayedJobOut() {
        Instant later = Instant.ofEpochMilli(jobs.millis() + 200);
        JobId id = jobs.submit("ann", Tier.FREE, Optional.of(later));
        assertThat(cancel(id, "ann")).isEqualTo(JobCanceller.Answer.CANCELLED);
        assertThat(jobs.command("ZCARD " + jobs.keys.delayed())).isEqualTo(":0");
    }

    @Test
    void tellsTheWorkerOfAnActiveJob() {
        JobId id = jobs.submit("ann", Tier.FREE);
        ClaimedJob job = jobs.claimOne();

        assertThat(cancel(id, "ann")).isEqualTo(JobCanceller.Answer.ASKED);
        assertThat(cancel(id, "ann")).isEqualTo(JobCanceller.Answer.ASKED);

        assertThat(jobs.state(id))
                .isInstanceOfSatisfying(
                        JobState.Active.class, active -> assertThat(active.cancelAsked()).isTrue());
        JobRenewer renewer = new JobRenewer(jobs.lane, () -> jobs.config.rules());
        assertThat(renewer.renew(jobs.shard, Map.of(job, 0.5)))
                .containsEntry(job, JobRenewer.Answer.CANCEL);
        assertThat(jobs.finish(job, new Ending.Cancelled(true))).isEqualTo(JobFinisher.Answer.OK);
        assertThat(jobs.state(id)).isInstanceOf(JobState.Cancelled.class);
        assertThat(cancel(id, "ann")).isEqualTo(JobCanceller.Answer.CANCELLED);
    }

    @Test
    void changesNothingOfAnEndedJob() {
        JobId id = jobs.submit("ann", Tier.FREE);
        jobs.finish(jobs.claimOne(), success("done"));
        assertThat(cancel(id, "ann")).isEqualTo(JobCanceller.Answer.ENDED);
        assertThat(jobs.state(id)).isInstanceOf(JobState.Succeeded.class);
    }

    @Test
    void doesNotTouchTheJobsOfOthers() {
        JobId id = jobs.submit("ann", Tier.FREE);
        assertThat(cancel(id, "bob")).isEqualTo(JobCanceller.Answer.NONE);
        assertThat(cancel(JobId.random(jobs.shard), "ann")).isEqualTo(JobCanceller.Answer.NONE);
        assertThat(jobs.claimIds(1)).containsExactly(id);
    }

    @Test
    void settlesTheBytesAsAnyOtherEnd() {
        JobId id = jobs.submit("ann", Tier.FREE);
        long input = jobs.meta("bytes") / 4;
        cancel(id, "ann");
        assertThat(jobs.meta("bytes")).isEqualTo(input);
        assertThat(jobs.meta("endedBytes")).isEqualTo(input);
    }

    private List<JobId> submit(int count) {
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(jobs.submit("ann", Tier.FREE));
        }
        return all;
    }

    private JobCanceller.Answer cancel(JobId id, String client) {
        return new JobCanceller(jobs.lane, () -> jobs.config.rules()).cancel(id, client);
    }
}
