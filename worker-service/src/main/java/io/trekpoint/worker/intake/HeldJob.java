package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.ClaimedJob;

/** A job this process holds: how far it is, and whether it should stop. Thread-safe. */
final class HeldJob {
    private final ClaimedJob job;
    private volatile double progress;
    private volatile boolean stopped;

    HeldJob(ClaimedJob job) {
        this.job = job;
    }

    ClaimedJob job() {
        return job;
    }

    double progress() {
        return progress;
    }

    /** Tells how far the work is, 0 to 1. */
    void progress(double done) {
        progress = done;
    }

    /** The job is somebody else's now, or unwanted: work on it is in vain. */
    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }
}
