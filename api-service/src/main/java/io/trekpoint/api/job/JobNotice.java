package io.trekpoint.api.job;

import io.trekpoint.lanes.job.JobRecord;

/** What an event stream tells of its job. */
sealed interface JobNotice {
    /**
     * The job stands otherwise than was told before.
     *
     * @param job as it stands
     */
    record Stands(JobRecord job) implements JobNotice {}

    /**
     * A worker has come further with it.
     *
     * @param progress 0 to 1
     */
    record Progressed(double progress) implements JobNotice {}

    /** Nothing has happened; the stream lives. */
    record Quiet() implements JobNotice {}
}
