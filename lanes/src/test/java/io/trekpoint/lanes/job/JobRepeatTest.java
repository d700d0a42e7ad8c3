package io.trekpoint.lanes.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.client.Tier;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is told of a submit that was made before: as a call under its id, as a request under its
 * key.
 */
class JobRepeatTest {
    private static final String KEY = "walk-7";

    private JobFixture jobs;
    private JobSubmitter submitter;
    private JobId id;

    @BeforeEach
    void start() {
        jobs = new JobFixture(1);
        submitter = new JobSubmitter(jobs.lane, jobs.config, jobs.config::rules);
        id = submitter.identify("hiker", Optional.of(KEY));
    }

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void tellsARepeatedCallWhatItsFirstWasTold() {
        SubmitOutcome first = submit(id, Optional.empty());
        jobs.claimOne();

        assertThat(first).isInstanceOf(SubmitOutcome.Accepted.class);
        assertThat(submit(id, Optional.empty())).isEqualTo(first);
    }

    @Test
    void tellsARepeatedCallOfADelayedJobTheSame() {
        Optional<Instant> later = later();
        SubmitOutcome first = submit(id, later);

        assertThat(submit(id, later)).isEqualTo(first);
    }

    @Test
    void tellsARepeatedRequestFromARepeatedCall() {
        submit(id, Optional.empty());

        assertThat(submit(JobId.random(0), Optional.empty())).isEqualTo(new SubmitOutcome.Same(id));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 100_000})
    void keepsTheInputOfAJobWhoseCallIsRepeated(int bytes) throws IOException {
        byte[] input = new byte[bytes];
        new Random(7).nextBytes(input);
        submit(id, Optional.empty(), input);
        submit(id, Optional.empty(), input);

        assertThat(jobs.redis.command("TTL " + JobKeys.of(0).input(id, 0)))
                .as("no time to live, whether it came along or was stored before")
                .isEqualTo(":-1");
        assertThat(jobs.claimer().openInput(jobs.claimOne()).readAllBytes()).isEqualTo(input);
    }

    @Test
    void remembersHowAJobWasAccepted() {
        JobRecord first = ((SubmitOutcome.Accepted) submit(id, Optional.empty())).job();
        jobs.finish(jobs.claimOne(), JobFixture.success("done"));

        assertThat(jobs.find(id).asAccepted()).isEqualTo(first);
    }

    @Test
    void remembersThatAJobWasDelayed() {
        JobRecord first = ((SubmitOutcome.Accepted) submit(id, later())).job();
        new JobCanceller(jobs.lane, jobs.config::rules).cancel(id, "hiker");

        assertThat(jobs.find(id).asAccepted()).isEqualTo(first);
    }

    private Optional<Instant> later() {
        return Optional.of(Instant.ofEpochMilli(jobs.millis() + 60_000));
    }

    private SubmitOutcome submit(JobId as, Optional<Instant> notBefore) {
        return submit(as, notBefore, "input".getBytes(UTF_8));
    }

    private SubmitOutcome submit(JobId as, Optional<Instant> notBefore, byte[] bytes) {
        Submission submission =
                new Submission(
                        "hiker",
                        Tier.FREE,
                        "stats",
                        "{}",
                        "",
                        notBefore,
                        Optional.of(new Submission.Idempotency(KEY, "fingerprint")));
        return SmallInput.submit(submitter, as, submission, bytes);
    }
}
