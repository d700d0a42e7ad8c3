package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.LaneException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 3})
class QueueOverviewTest {
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
    void countsWhereEveryJobIs() {
        for (int i = 0; i < 7; i++) {
            jobs.submit("ann", Tier.FREE);
        }
        jobs.submit("bob", Tier.PARTNER);
        jobs.submit("bob", Tier.PARTNER, Optional.of(Instant.ofEpochMilli(jobs.millis() + 60_000)));
        ClaimedJob back = jobs.claimOne();
        jobs.finish(back, new Ending.GivenBack(true));
        jobs.submit("cyd", Tier.PRO);

        ShardOverview shard = look();

        assertThat(shard.shard()).isEqualTo(jobs.shard);
        assertThat(shard.front()).isEqualTo(1);
        assertThat(shard.line(Priority.HIGH).depth()).isZero();
        assertThat(shard.line(Priority.NORMAL).depth()).isEqualTo(1);
        assertThat(shard.line(Priority.LOW).depth()).isEqualTo(5);
        assertThat(shard.waiting()).isEqualTo(2);
        assertThat(shard.delayed()).isEqualTo(1);
        assertThat(shard.active()).isZero();
        assertThat(shard.bytes()).isEqualTo(jobs.meta("bytes")).isPositive();
        assertThat(shard.counters())
                .containsOnlyKeys(
                        "entriesSkipped", "leasesLapsed", "repairs", "staleFinishesRefused");
        assertThat(shard.paused()).isEmpty();
    }

    @Test
    void isEmptyWhereNothingIs() {
        ShardOverview shard = look();
        assertThat(shard.oldest()).isZero();
        assertThat(shard.waiting() + shard.active() + shard.dead() + shard.ended()).isZero();
    }

    @Test
    void showsWhoPausedAndStopsClaims() {
        JobId id = jobs.submit("ann", Tier.FREE);
        toggle().pause("ops");
        toggle().pause("another");

        assertThat(jobs.claim(1)).isEmpty();
        assertThat(look().paused()).map(ShardOverview.Paused::by).contains("ops");

        toggle().resume("ops");
        assertThat(look().paused()).isEmpty();
        assertThat(jobs.claimIds(1)).containsExactly(id);
    }

    @Test
    void wakesWorkersForWhatWaitedThroughThePause() {
        jobs.submit("ann", Tier.FREE);
        jobs.submit("ann", Tier.FREE);
        toggle().pause("ops");
        jobs.command("DEL " + jobs.keys.wake());
        toggle().resume("ops");
        assertThat(jobs.command("LLEN " + jobs.keys.wake())).isEqualTo(":2");
    }

    @Test
    void isRefusedToWhoKnowsOfOtherShards() {
        jobs.claimer().claim(0, JobClaimer.tokens(1));
        JobConfig other = () -> 2;
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                        () -> new QueueOverview(jobs.lane, other).shards(),
                        () -> new QueueSwitch(jobs.lane, other).pause("ops"))) {
            assertThatThrownBy(call)
                    .isInstanceOf(LaneException.class)
                    .hasMessageContaining("LAYOUT");
        }
    }

    private ShardOverview look() {
        return new QueueOverview(jobs.lane, jobs.config).shards().getLast();
    }

    private QueueSwitch toggle() {
        return new QueueSwitch(jobs.lane, jobs.config);
    }
}
