package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.ClaimedJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The jobs this process holds, and how many more it may take. Thread-safe. */
final class ActiveJobs {
    private final int capacity;
    private final Semaphore free;
    private final Map<String, HeldJob> byToken = new ConcurrentHashMap<>();

    ActiveJobs(int capacity) {
        this.capacity = capacity;
        this.free = new Semaphore(capacity);
    }

    /** Waits until there is room for at least one more, and tells for how many. */
    int awaitRoom() throws InterruptedException {
        free.acquire();
        free.release();
        return free.availablePermits();
    }

    /**
     * Takes a job on. Only the claim loop calls this, for no more jobs than there was room for; it
     * waits where an answer that was lost before brings more than there is room for now.
     */
    HeldJob take(ClaimedJob job) {
        free.acquireUninterruptibly();
        HeldJob held = new HeldJob(job);
        byToken.put(job.token(), held);
        return held;
    }

    void release(HeldJob held) {
        byToken.remove(held.job().token());
        free.release();
    }

    /** Whether the job is still worked on. */
    boolean holds(HeldJob held) {
        return byToken.containsKey(held.job().token());
    }

    List<HeldJob> held() {
        return List.copyOf(byToken.values());
    }

    int count() {
        return byToken.size();
    }

    /** Waits until no job is held; false where that took longer than allowed. */
    boolean awaitIdle(Duration longest) throws InterruptedException {
        return free.tryAcquire(capacity, longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
