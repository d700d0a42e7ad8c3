package io.trekpoint.api.job;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.CorruptRecordException;
import io.trekpoint.lanes.job.JobLookup;
import io.trekpoint.lanes.job.JobRecord;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Event streams of jobs. All of them share one follower of Redis and a few threads that read
 * records, so that news of ten thousand jobs at once is a queue and not a stampede. Thread-safe.
 */
@Startup
@Singleton
final class JobStreams {
    private static final int READERS = 4;
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

    private final JobEvents events;
    private final JobLookup lookup;
    private final Duration keepAlive;
    private final Set<JobWatch> watches = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<JobWatch> due = new LinkedBlockingQueue<>();
    private final List<Loop> loops = new ArrayList<>();

    JobStreams(JobEvents events, JobLookup lookup, GatewayConfig config) {
        this.events = events;
        this.lookup = lookup;
        this.keepAlive = config.keepAlive();
        for (int i = 0; i < READERS; i++) {
            loops.add(Loop.start("job-streams-" + i, this::look));
        }
        loops.add(Loop.start("job-streams-progress", this::followProgress));
        loops.add(Loop.start("job-streams-alive", this::keepAlive));
    }

    /**
     * Streams what becomes of a job, to its end.
     *
     * @param job as it stands
     * @param known the version of the job that the listener knows of; empty for none. It is told at
     *     once how the job stands where that is another one
     */
    Multi<JobNotice> stream(JobRecord job, String known) {
        return Multi.createFrom()
                .emitter(emitter -> begin(emitter, job, known), BackPressureStrategy.LATEST);
    }

    @PreDestroy
    void stop() {
        loops.forEach(Loop::close);
    }

    private void begin(MultiEmitter<? super JobNotice> emitter, JobRecord job, String known) {
        JobWatch watch = new JobWatch(job.id(), emitter, known, due::add);
        JobEvents.Listening listening = events.listen(job.id(), watch);
        watches.add(watch);
        emitter.onTermination(() -> {
            watches.remove(watch);
            listening.close();
        });
        watch.tell(job);
        watch.keepAlive();
        // The record was read before anybody listened.
        watch.lookSoon();
    }

    private Duration look() throws InterruptedException {
        JobWatch watch = due.take();
        try {
            watch.look(lookup);
        } catch (LaneException e) {
            watch.lookSoon();
            throw e;
        } catch (CorruptRecordException e) {
            watch.hear(new JobEvents.News.Closing());
            throw e;
        }
        return Duration.ZERO;
    }

    /** Progress is no news of the stream; there are as many active jobs as there are workers. */
    private Duration followProgress() {
        watches.stream().filter(JobWatch::isActive).forEach(JobWatch::lookSoon);
        return PROGRESS_EVERY;
    }

    /** Beside the sign of life, each watch looks for itself: news is allowed to be lost. */
    private Duration keepAlive() {
        watches.forEach(watch -> {
            watch.keepAlive();
            watch.lookSoon();
        });
        return keepAlive;
    }
}
