package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.client.Tier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the input of a claimed job comes to its worker: along with the claim where it is small. */
class ClaimedInputTest {
    private JobFixture jobs;

    @BeforeEach
    void start() {
        jobs = new JobFixture(3);
    }

    @AfterEach
    void stop() {
        jobs.close();
    }

    /** Random bytes take some eleven more as stored. */
    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "8170, true", "8193, false", "100000, false"})
    void comesAlongWhereItIsSmall(int bytes, boolean small) {
        byte[] input = noise(bytes);
        submit(input);
        ClaimedJob job = jobs.claimOne();

        assertThat(job.input().hasRemaining()).isEqualTo(small);
        JobClaimer claimer = jobs.claimer();
        assertThat(claimer.openInput(job)).hasBinaryContent(input);
        assertThat(claimer.openInput(job)).as("once more").hasBinaryContent(input);
    }

    @Test
    void comesAlongWithEveryKindOfClaim() {
        for (int n = 1; n <= 3; n++) {
            submit(noise(n));
        }
        List<String> tokens = JobClaimer.tokens(1);
        ClaimedJob first = jobs.claimer().claim(jobs.shard, tokens).getFirst();
        ClaimedJob again = jobs.claimer().claimAgain(jobs.shard, tokens).getFirst();
        ClaimedJob next =
                jobs.finisher()
                        .finish(
                                jobs.shard,
                                List.of(new Attempt(again, JobFixture.success("done"), "")),
                                JobClaimer.tokens(1))
                        .claimed()
                        .getFirst();
        jobs.finish(next, new Ending.GivenBack(true));
        ClaimedJob front = jobs.claimOne();

        assertThat(first.input().hasRemaining()).isTrue();
        assertThat(again.input()).as("asked again").isEqualTo(first.input());
        assertThat(next.input().hasRemaining()).as("with a finish").isTrue();
        assertThat(jobs.claimer().openInput(next)).hasBinaryContent(noise(2));
        assertThat(front.id()).isEqualTo(next.id());
        assertThat(front.input()).as("from the front").isEqualTo(next.input());
    }

    @Test
    void bringsEachJobItsOwn() {
        List<byte[]> inputs = List.of(noise(10), noise(5000), noise(30), noise(20));
        for (byte[] input : inputs) {
            submit(input);
        }
        List<ClaimedJob> claimed = jobs.claim(4);

        assertThat(claimed).hasSize(4);
        for (int n = 0; n < claimed.size(); n++) {
            assertThat(jobs.claimer().openInput(claimed.get(n))).hasBinaryContent(inputs.get(n));
        }
    }

    /** 256 KiB in all, so that a claim of many jobs does not hold Redis for long. */
    @Test
    void comesAlongAsFarAsThereIsRoom() {
        for (int n = 0; n < 40; n++) {
            submit(noise(8_000));
        }
        List<ClaimedJob> claimed = jobs.claim(40);

        assertThat(claimed).filteredOn(job -> job.input().hasRemaining()).hasSize(32);
        assertThat(jobs.claimer().openInput(claimed.getLast())).hasBinaryContent(noise(8_000));
    }

    @Test
    void leavesOutAJobThatIsHarmedWhenItIsAskedForAgain() {
        JobId harmed = submit(noise(1));
        JobId sound = submit(noise(2));
        List<String> tokens = JobClaimer.tokens(2);
        jobs.claimer().claim(jobs.shard, tokens);
        jobs.command("HDEL " + jobs.keys.record(harmed) + " parameters");

        assertThat(jobs.claimer().claimAgain(jobs.shard, tokens))
                .extracting(ClaimedJob::id)
                .containsExactly(sound);
    }

    @Test
    void missesAnInputThatIsGone() throws IOException {
        submit(noise(10));
        JobId id = submit(noise(10));
        jobs.command("DEL " + jobs.keys.input(id, 0));
        List<ClaimedJob> claimed = jobs.claim(2);

        assertThat(claimed.getFirst().input().hasRemaining()).isTrue();
        assertThatThrownBy(() -> jobs.claimer().openInput(claimed.get(1)).readAllBytes())
                .isInstanceOf(MissingChunkException.class);
    }

    private JobId submit(byte[] bytes) {
        JobSubmitter submitter = new JobSubmitter(jobs.lane, jobs.config, jobs.config::rules);
        JobId id = JobId.random(jobs.shard);
        Submission submission =
                new Submission(
                        "c" + id.text(),
                        Tier.FREE,
                        "stats",
                        "{}",
                        "",
                        Optional.empty(),
                        Optional.empty());
        assertThat(SmallInput.submit(submitter, id, submission, bytes))
                .isInstanceOf(SubmitOutcome.Accepted.class);
        return id;
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }
}
