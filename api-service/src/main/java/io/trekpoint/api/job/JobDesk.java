package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobLookup;
import io.trekpoint.lanes.job.JobRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Finds a client's jobs and waits for them. Another client's job is not there. Thread-safe. */
@ApplicationScoped
class JobDesk {
    /** How often a waiter looks for itself, in case the news of its job was lost. */
    private static final Duration LONGEST_TRUST = Duration.ofSeconds(5);

    private final JobLookup lookup;
    private final JobEvents events;
    private final JobConfig config;

    JobDesk(JobLookup lookup, JobEvents events, JobConfig config) {
        this.lookup = lookup;
        this.events = events;
        this.config = config;
    }

    /**
     * Finds a job.
     *
     * @throws ProblemException 404 where the client has no such job, 410 where it has expired
     * @throws LaneException when the lane gives no answer
     */
    JobRecord find(String client, String id) {
        JobId jobId = JobId.parse(id, config.shards()).orElseThrow(JobDesk::unknown);
        Optional<JobRecord> job = lookup.find(jobId);
        if (job.isEmpty() && lookup.goneFrom(jobId).filter(client::equals).isPresent()) {
            throw new ProblemException(
                    Problem.of(
                            410,
                            "job-expired",
                            "Gone",
                            "This job has ended and its retention is over."));
        }
        return job.filter(found -> found.client().equals(client)).orElseThrow(JobDesk::unknown);
    }

    /**
     * Finds a job and waits for its end.
     *
     * @param longest how long to wait; zero for not at all
     * @return the job as it stands at its end, or when the wait is over
     * @throws ProblemException as {@link #find} does
     * @throws LaneException when the lane gives no answer
     */
    JobRecord await(String client, String id, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        JobId jobId = JobId.parse(id, config.shards()).orElseThrow(JobDesk::unknown);
        try (JobEvents.Waiter waiter = events.register(jobId)) {
            JobRecord job = find(client, id);
            long left = deadline - System.nanoTime();
            while (!job.state().ended() && left > 0) {
                waiter.await(Duration.ofNanos(Math.min(left, LONGEST_TRUST.toNanos())));
                job = find(client, id);
                left = deadline - System.nanoTime();
            }
            return job;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return find(client, id);
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(
                Problem.of(404, "job-not-found", "Not found", "There is no such job of yours."));
    }
}
