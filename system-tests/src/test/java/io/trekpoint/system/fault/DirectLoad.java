package io.trekpoint.system.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Backoff;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.job.SmallInput;
import io.trekpoint.lanes.job.Submission;
import io.trekpoint.lanes.job.SubmitOutcome;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Gpx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Submits small jobs from this process straight to the job store, as a gateway does behind its
 * front: more than HTTP would bring through in the time of a test. What the store does not answer
 * is sent again under the same identity.
 */
final class DirectLoad implements AutoCloseable {
    private static final int SUBMITTERS = 32;
    private static final int MOST_TRIES = 50;
    private static final byte[] WALK = Gpx.walk();

    private final LaneFixture lanes;
    private final JobSubmitter submitter;

    /**
     * Submits to a store.
     *
     * @param settings what the product has stored, as far as a gateway reads it at a submit
     */
    DirectLoad(RedisServer redis, Map<String, JsonNode> settings) {
        lanes = new LaneFixture(redis);
        JobRules rules = JobRules.of(key -> Optional.ofNullable(settings.get(key)));
        submitter = new JobSubmitter(lanes.lane(LaneName.JOBS), () -> 1, () -> rules);
    }

    /** Submits so many jobs and waits until all are accepted. */
    void submit(int jobs, IntFunction<Optional<Instant>> notBefore) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> submitters = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SUBMITTERS; i++) {
                submitters.add(
                        threads.submit(() -> {
                            for (int n = next.getAndIncrement();
                                    n < jobs;
                                    n = next.getAndIncrement()) {
                                submit("client-" + n % 4, notBefore.apply(n));
                            }
                            return null;
                        }));
            }
        }
        submitters.forEach(DirectLoad::join);
    }

    @Override
    public void close() {
        lanes.close();
    }

    private void submit(String client, Optional<Instant> notBefore) throws InterruptedException {
        JobId id = submitter.identify(client, Optional.empty());
        Submission.Idempotency key = new Submission.Idempotency(id.text(), "the same");
        Submission job =
                new Submission(
                        client, Tier.PARTNER, "stats", "{}", "", notBefore, Optional.of(key));
        Backoff backoff =
                new Backoff(
                        Duration.ofMillis(50), Duration.ofSeconds(1), RandomGenerator.getDefault());
        for (int tries = 1; ; tries++) {
            try {
                SubmitOutcome outcome = SmallInput.submit(submitter, id, job, WALK);
                if (outcome instanceof SubmitOutcome.Accepted
                        || outcome instanceof SubmitOutcome.Same) {
                    return;
                }
                throw new IllegalStateException("a job is refused: " + outcome);
            } catch (LaneException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                backoff.pause();
            }
        }
    }

    private static void join(Future<?> submitter) {
        try {
            submitter.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("a submitter has failed", e);
        }
    }
}
