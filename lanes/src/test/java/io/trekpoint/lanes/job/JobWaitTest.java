package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.LaneException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that lie at Redis behind a wait for work. */
@ParameterizedClass
@ValueSource(ints = {1, 3})
class JobWaitTest {
    /** Far longer than any of these tests lets a wait last. */
    private static final Duration LONG = Duration.ofMinutes(1);

    @Parameter int shards;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private JobFixture jobs;
    private JobClaimer claimer;

    @BeforeEach
    void start() {
        jobs = new JobFixture(shards);
        claimer = jobs.claimer();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        jobs.close();
    }

    @Test
    void hasTheJobThatItsWaitWasFor() throws Exception {
        Future<List<ClaimedJob>> claimed = waiting(JobClaimer.tokens(2));
        JobId id = jobs.submit("a", Tier.FREE);
        assertThat(claimed.get(10, TimeUnit.SECONDS))
                .extracting(ClaimedJob::id)
                .containsExactly(id);
        assertThat(jobs.state(id)).isInstanceOf(JobState.Active.class);
    }

    @Test
    void endsAtTheRingOfItsBellAndOfNoOther() throws Exception {
        Future<List<ClaimedJob>> claimed = waiting(JobClaimer.tokens(1));
        jobs.claimer().ring();
        assertThat(jobs.redis.infoOf("clients")).contains("blocked_clients:1");
        claimer.ring();
        assertThat(claimed.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void doesNotWaitWhereItsBellHasRungBefore() {
        claimer.ring();
        assertThat(claimer.awaitAndClaim(jobs.shard, JobClaimer.tokens(1), LONG)).isEmpty();
    }

    @Test
    void findsNothingOnceItHasWaitedInVain() {
        List<ClaimedJob> claimed =
                claimer.awaitAndClaim(jobs.shard, JobClaimer.tokens(1), Duration.ofMillis(10));
        assertThat(claimed).isEmpty();
    }

    @Test
    void claimsWhereRedisHasForgottenTheScript() {
        JobId id = jobs.submit("a", Tier.FREE);
        jobs.command("SCRIPT FLUSH");
        assertThat(claimer.awaitAndClaim(jobs.shard, JobClaimer.tokens(1), LONG))
                .extracting(ClaimedJob::id)
                .containsExactly(id);
    }

    @Test
    void tellsWhatIsWrongWithTheWaitAndBringsItsJobsTheNextTime() {
        JobId id = jobs.submit("a", Tier.FREE);
        List<String> tokens = JobClaimer.tokens(1);
        jobs.command("DEL " + jobs.keys.wake());
        jobs.command("SET " + jobs.keys.wake() + " text");
        assertThatThrownBy(() -> claimer.awaitAndClaim(jobs.shard, tokens, LONG))
                .isInstanceOf(LaneException.class)
                .hasMessageContaining("WRONGTYPE");
        assertThat(claimer.claim(jobs.shard, tokens))
                .extracting(ClaimedJob::id)
                .containsExactly(id);
    }

    @Test
    void takesNothingOnceItHasBeenAskedAgainInVain() throws Exception {
        List<String> tokens = JobClaimer.tokens(1);
        Future<List<ClaimedJob>> late = waiting(tokens);
        assertThat(claimer.claimAgain(jobs.shard, tokens)).isEmpty();
        JobId id = jobs.submit("a", Tier.FREE);
        assertThat(late.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(jobs.claimIds(1)).containsExactly(id);
    }

    private Future<List<ClaimedJob>> waiting(List<String> tokens) {
        Future<List<ClaimedJob>> claimed =
                threads.submit(() -> claimer.awaitAndClaim(jobs.shard, tokens, LONG));
        await().until(() -> jobs.redis.infoOf("clients").contains("blocked_clients:1"));
        return claimed;
    }
}
