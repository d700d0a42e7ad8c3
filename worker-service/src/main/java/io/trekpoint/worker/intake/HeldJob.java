package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.ClaimedJob;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A job this process holds: how far it is, and whether it should stop. Thread-safe. */
final class HeldJob {
    private final ClaimedJob job;
    private volatile double progress;
    private final CountDownLatch stopped = new CountDownLatch(1);

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
        stopped.countDown();
    }

    boolean stopped() {
        return stopped.getCount() == 0;
    }

    /** Waits to be stopped; false where nobody did in the given time. */
    boolean stoppedWithin(Duration longest) throws InterruptedException {
        return stopped.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
}
