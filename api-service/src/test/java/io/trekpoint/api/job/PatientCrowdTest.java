package io.trekpoint.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.job.SmallInput;
import io.trekpoint.lanes.job.Submission;
import io.trekpoint.lanes.job.SubmitOutcome;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.redis.RedisServer;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ten thousand who follow a job each. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class PatientCrowdTest {
    private static final int CROWD = 10_000;

    /** What all of the crowd may cost together: pools of the process may grow by a few. */
    private static final int MOST_MORE = 24;

    RedisServer redis;

    @Inject
    @Named("jobs")
    Lane jobs;

    @Inject JobEvents events;
    @Inject JobStreams streams;
    @Inject PlayedWorker worker;

    @Test
    void hearsOfEveryEndOverAFewConnectionsAndThreads() {
        List<JobRecord> all = submit();
        int connections = connections();
        int threads = threads();

        AtomicInteger ended = new AtomicInteger();
        for (JobRecord job : all) {
            streams.stream(job, "")
                    .onCompletion()
                    .invoke(ended::incrementAndGet)
                    .subscribe()
                    .with(_ -> {});
        }
        assertThat(events.listening()).isEqualTo(CROWD);
        assertThat(connections()).isLessThan(connections + MOST_MORE);
        assertThat(threads()).isLessThan(threads + MOST_MORE);

        worker.drain();
        await().atMost(Duration.ofMinutes(1)).until(() -> ended.get() == CROWD);
        assertThat(events.listening()).isZero();
    }

    private List<JobRecord> submit() {
        JobSubmitter submitter =
                new JobSubmitter(jobs, () -> 1, () -> JobRules.of(ControlState.UNKNOWN));
        List<JobRecord> all = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            String client = "hiker-" + i;
            Submission submission =
                    new Submission(
                            client,
                            Tier.FREE,
                            "stats",
                            "{}",
                            "",
                            Optional.empty(),
                            Optional.empty());
            JobId id = submitter.identify(client, Optional.empty());
            if (SmallInput.submit(submitter, id, submission)
                    instanceof SubmitOutcome.Accepted(var job)) {
                all.add(job);
            }
        }
        return all;
    }

    private int connections() {
        return Integer.parseInt(redis.info("connected_clients"));
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
