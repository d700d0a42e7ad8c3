package io.trekpoint.api.job;

import io.trekpoint.api.gateway.Admission;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobCanceller;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobLookup;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.setting.GatewaySettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Finds a client's jobs and waits for them. Another client's job is not there. Thread-safe. */
@ApplicationScoped
class JobDesk {
    /** How often a waiter looks for itself, in case the news of its job was lost. */
    private static final Duration LONGEST_TRUST = Duration.ofSeconds(10);

    private final JobLookup lookup;
    private final JobEvents events;
    private final JobConfig config;
    private final Waits waits;
    private final JobCanceller canceller;
    private final Call call;

    JobDesk(
            JobLookup lookup,
            JobEvents events,
            JobConfig config,
            Waits waits,
            JobCanceller canceller,
            Call call) {
        this.canceller = canceller;
        this.call = call;
        this.lookup = lookup;
        this.events = events;
        this.config = config;
        this.waits = waits;
    }

    /**
     * Finds a job.
     *
     * @throws ProblemException 404 where the client has no such job, 410 where it has expired
     * @throws LaneException when the lane gives no answer
     */
    JobRecord find(String client, String id) {
        return seek(client, id).get();
    }

    /**
     * Asks for a job now, so that its record is on its way while the caller is charged.
     *
     * @return finds it as {@link #find} does, once
     */
    Supplier<JobRecord> seek(String client, String id) {
        Optional<JobId> jobId = JobId.parse(id, config.shards());
        if (jobId.isEmpty()) {
            return () -> {
                throw unknown();
            };
        }
        Supplier<Optional<JobRecord>> job = lookup.ahead(jobId.get());
        return () -> found(client, jobId.get(), job.get());
    }

    private JobRecord found(String client, JobId jobId, Optional<JobRecord> job) {
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
     * Cancels a job: at once while it waits, else as soon as its worker hears of it.
     *
     * @return the job as it stands afterwards
     * @throws ProblemException 404 and 410 as {@link #find} does, 409 where it had ended otherwise
     * @throws LaneException when the lane gives no answer
     */
    JobRecord cancel(String client, String id) {
        JobId jobId = JobId.parse(id, config.shards()).orElseThrow(JobDesk::unknown);
        JobCanceller.Answer answer = canceller.cancel(jobId, client);
        JobRecord job = find(client, id);
        return switch (answer) {
            case CANCELLED, ASKED -> job;
            case NONE -> throw unknown();
            case ENDED ->
                    throw new ProblemException(
                            Problem.of(
                                    409,
                                    "job-ended",
                                    "Conflict",
                                    "The job has " + job.state().label() + " already."));
        };
    }

    /**
     * The wait that a request is granted: as it prefers, at most what operators allow.
     *
     * @param prefer every header of that name; empty for none
     */
    Duration granted(List<String> prefer) {
        Duration longest = call.control().get(GatewaySettings.LONGEST_WAIT, call.caller().tier());
        return Preference.wait(prefer, longest);
    }

    /**
     * Finds a job and waits for its end. Where the client has as many requests waiting as it may,
     * the job is answered for as it stands.
     *
     * @param longest how long to wait; zero for not at all
     * @return the job as it stands at its end, or when the wait is over
     * @throws ProblemException as {@link #find} does
     * @throws LaneException when the lane gives no answer
     */
    JobRecord await(String client, String id, Duration longest) {
        if (longest.isZero()) {
            return find(client, id);
        }
        Optional<Places.Place> place = waits.take();
        if (place.isEmpty()) {
            return find(client, id);
        }
        try (Places.Place _ = place.get()) {
            return awaitEnd(client, id, longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return find(client, id);
        }
    }

    private JobRecord awaitEnd(String client, String id, Duration longest)
            throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        JobId jobId = JobId.parse(id, config.shards()).orElseThrow(JobDesk::unknown);
        Semaphore over = new Semaphore(0);
        try (JobEvents.Listening _ =
                events.listen(
                        jobId,
                        news -> {
                            if (isOver(news)) {
                                over.release();
                            }
                        })) {
            JobRecord job = find(client, id);
            long left = deadline - System.nanoTime();
            while (!job.state().ended() && left > 0 && !events.isClosing()) {
                try (Admission.Parked _ = call.park()) {
                    var _ = over.tryAcquire(Math.min(left, trust()), TimeUnit.NANOSECONDS);
                }
                // Each call to look is good for one look: the record may tell otherwise.
                over.drainPermits();
                job = find(client, id);
                left = deadline - System.nanoTime();
            }
            return job;
        }
    }

    /**
     * Missed news is made up for by the next look, so that ten thousand waiters do not look at
     * once.
     */
    private static boolean isOver(JobEvents.News news) {
        return switch (news) {
            case JobEvents.News.Changed(var ended) -> ended;
            case JobEvents.News.Missed _ -> false;
            case JobEvents.News.Closing _ -> true;
        };
    }

    /** Half of the longest trust to all of it, so that waiters do not look in step. */
    private static long trust() {
        return ThreadLocalRandom.current()
                .nextLong(LONGEST_TRUST.toNanos() / 2, LONGEST_TRUST.toNanos());
    }

    private static ProblemException unknown() {
        return new ProblemException(
                Problem.of(404, "job-not-found", "Not found", "There is no such job of yours."));
    }
}
