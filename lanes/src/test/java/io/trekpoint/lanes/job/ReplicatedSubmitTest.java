package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.ReplicatedWrites;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submits that wait for a replica: a real one, in step, frozen or gone. */
class ReplicatedSubmitTest {
    /** Longer than a replica takes on a busy test machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final TestJobConfig CONFIG = TestJobConfig.usual();

    private final RedisServer primary = RedisServer.start("--repl-diskless-sync-delay", "0");
    private final RedisServer replica =
            RedisServer.start("--replicaof", "127.0.0.1 " + primary.port());
    private final LaneFixture commands = new LaneFixture(primary);
    private final LaneFixture pinned = new LaneFixture(primary);
    private final Lane lane = commands.lane(LaneName.JOBS);
    private final JobSubmitter submitter =
            new JobSubmitter(
                    lane,
                    CONFIG,
                    CONFIG::rules,
                    Optional.of(new ReplicatedWrites(lane, pinned.client(), PATIENCE)));

    @BeforeEach
    void inStep() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> replica.info("master_link_status").equals("up"));
    }

    @AfterEach
    void stop() {
        pinned.close();
        commands.close();
        replica.close();
        primary.close();
    }

    @Test
    void confirmsAJobThatAReplicaHas() {
        JobRecord job = accepted(submit("one"));

        assertThat(job.confirmed()).isTrue();
        assertThat(find(job.id()).confirmed()).isTrue();
        assertThat(replica.command("EXISTS " + JobKeys.of(0).record(job.id()))).isEqualTo(":1");
    }

    @Test
    void doubtsAJobWhileItsReplicaIsFrozen() {
        replica.freeze();

        JobRecord job = accepted(submit("one"));

        assertThat(job.confirmed()).isFalse();
        assertThat(find(job.id()).confirmed()).as("on record").isFalse();
    }

    @Test
    void doubtsAJobWithoutAnyReplica() {
        replica.kill();

        assertThat(accepted(submit("one")).confirmed()).isFalse();
    }

    @Test
    void waitsAgainForAJobThatIsSubmittedAgain() {
        replica.freeze();
        JobId first = accepted(submit("one")).id();
        assertThat(submit("one")).isEqualTo(new SubmitOutcome.Same(first));
        assertThat(find(first).confirmed()).as("with the replica frozen").isFalse();

        replica.thaw();
        await("the replica is in step")
                .until(() -> {
                    submit("one");
                    return find(first).confirmed();
                });
    }

    @Test
    void loadsItsScriptOnTheConnectionThatWaits() {
        submit("one");
        primary.command("SCRIPT FLUSH");

        assertThat(accepted(submit("two")).confirmed()).isTrue();
    }

    @Test
    void gathersNothingFromOtherWritesOfItsConnection() {
        assertThat(accepted(submit("one")).confirmed()).isTrue();
        replica.freeze();

        assertThat(accepted(submit("two")).confirmed()).isFalse();
        assertThat(accepted(submit("three")).confirmed()).isFalse();
    }

    @Test
    void refusesAsEverWhenThePrimaryIsGone() {
        primary.kill();

        assertThatThrownBy(() -> submit("one")).isInstanceOf(LaneException.class);
    }

    private SubmitOutcome submit(String key) {
        JobId id = submitter.identify("hiker", Optional.of(key));
        return SmallInput.submit(
                submitter,
                id,
                new Submission(
                        "hiker",
                        Tier.PRO,
                        "export",
                        "{}",
                        "",
                        Optional.empty(),
                        Optional.of(new Submission.Idempotency(key, "the same")),
                        Optional.empty()));
    }

    private static JobRecord accepted(SubmitOutcome outcome) {
        assertThat(outcome).isInstanceOf(SubmitOutcome.Accepted.class);
        return ((SubmitOutcome.Accepted) outcome).job();
    }

    private JobRecord find(JobId id) {
        return new JobLookup(lane).find(id).orElseThrow();
    }
}
