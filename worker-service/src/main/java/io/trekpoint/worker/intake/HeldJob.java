package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.ClaimedJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A job this process holds: how far it is, whether it should stop, and who may say how it ends.
 * Thread-safe.
 */
final class HeldJob {
    private final ClaimedJob job;
    private final JobLog log;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long heldSince = System.nanoTime();
    private volatile double progress;
    private volatile boolean stopped;
    private volatile boolean cancelled;
    private volatile boolean begun;
    private @Nullable Thread worker;
    private long workingSince;
    private volatile long begunAt;

    HeldJob(ClaimedJob job, InstantSource clock) {
        this.job = job;
        this.log = new JobLog(clock, job.attempt());
    }

    ClaimedJob job() {
        return job;
    }

    JobLog log() {
        return log;
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
        interrupt();
    }

    boolean stopped() {
        return stopped;
    }

    /** Its client wants it no more. */
    void cancel() {
        cancelled = true;
        stop();
    }

    boolean cancelled() {
        return cancelled;
    }

    /**
     * Takes the right to say how the attempt ends: true once, for whoever comes first. The worker
     * may be late, when its time is over or the process stops.
     */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    /** The same for an attempt that no thread has begun, and none will then. */
    synchronized boolean endUnbegun() {
        return !begun && end();
    }

    /** Whether it is said how the attempt ends. */
    boolean ending() {
        return ended.get();
    }

    /** How long this process has held it. */
    Duration held() {
        return Duration.ofNanos(System.nanoTime() - heldSince);
    }

    /** A thread begins the attempt; false where it is said already how that ends. */
    synchronized boolean start() {
        if (ending()) {
            return false;
        }
        begunAt = System.nanoTime();
        begun = true;
        return true;
    }

    /** This thread works on the job from now on. */
    synchronized void begin() {
        worker = Thread.currentThread();
        workingSince = System.nanoTime();
        if (stopped) {
            worker.interrupt();
        }
    }

    /** Whether a thread has begun the attempt. */
    boolean begun() {
        return begun;
    }

    /** How long ago a thread began the attempt; zero where none has. */
    Duration sinceBegun() {
        return begun ? Duration.ofNanos(System.nanoTime() - begunAt) : Duration.ZERO;
    }

    /** The thread is done, and will not be interrupted for this job any more. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    synchronized void rest() {
        worker = null;
        Thread.interrupted();
    }

    /** How long the thread has been at work on the job without a rest; zero while none is. */
    synchronized Duration working() {
        return worker == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - workingSince);
    }

    private synchronized void interrupt() {
        if (worker != null) {
            worker.interrupt();
        }
    }
}
