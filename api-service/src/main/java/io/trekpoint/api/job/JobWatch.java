package io.trekpoint.api.job;

import io.smallrye.mutiny.subscription.MultiEmitter;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobLookup;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.JobState;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One event stream's eye on its job. It tells how the job stands and not every step it took: a step
 * that is over before the listener could be told of it is left out, the last one never.
 * Thread-safe.
 */
final class JobWatch implements JobEvents.Listener {
    private static final double NOT_ACTIVE = -1;

    private final JobId id;
    private final MultiEmitter<? super JobNotice> stream;
    private final Consumer<JobWatch> looks;
    private final AtomicBoolean due = new AtomicBoolean();
    private String told;
    private volatile double progress = NOT_ACTIVE;

    /**
     * Watches a job.
     *
     * @param told the version of the job that the listener knows; empty for none
     * @param looks where to ask for a look at the record
     */
    JobWatch(
            JobId id,
            MultiEmitter<? super JobNotice> stream,
            String told,
            Consumer<JobWatch> looks) {
        this.id = id;
        this.stream = stream;
        this.told = told;
        this.looks = looks;
    }

    @Override
    public void hear(JobEvents.News news) {
        switch (news) {
            case JobEvents.News.Changed _, JobEvents.News.Missed _ -> lookSoon();
            case JobEvents.News.Closing _ -> stream.complete();
        }
    }

    /** Asks for a look at the record, unless one is asked for already. */
    void lookSoon() {
        if (due.compareAndSet(false, true)) {
            looks.accept(this);
        }
    }

    /**
     * Looks at the record, and tells what is new.
     *
     * @throws LaneException when the lane gives no answer
     */
    void look(JobLookup lookup) {
        due.set(false);
        if (stream.isCancelled()) {
            return;
        }
        Optional<JobRecord> job = lookup.find(id);
        job.ifPresentOrElse(this::tell, stream::complete);
    }

    /** Tells how the job stands, where that is news. */
    synchronized void tell(JobRecord job) {
        String version = JobViews.version(job);
        boolean ended = job.state().ended();
        if (!version.equals(told)) {
            told = version;
            stream.emit(new JobNotice.Stands(job));
        } else if (job.state() instanceof JobState.Active active
                && active.progress() != progress
                && stream.requested() > 0) {
            stream.emit(new JobNotice.Progressed(active.progress()));
        }
        progress = job.state() instanceof JobState.Active active ? active.progress() : NOT_ACTIVE;
        if (ended) {
            stream.complete();
        }
    }

    /** Whether a worker had the job when it was last looked at. */
    boolean isActive() {
        return progress != NOT_ACTIVE;
    }

    /** Shows that the stream lives, where the listener has read all there was. */
    synchronized void keepAlive() {
        if (stream.requested() > 0) {
            stream.emit(new JobNotice.Quiet());
        }
    }
}
