package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.ClaimedJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The jobs this process holds, and how many more it may take. Thread-safe. */
final class ActiveJobs {
    private final int capacity;
    private final InstantSource clock;
    private final Semaphore free;
    private final AtomicInteger beyond = new AtomicInteger();
    private final ClaimAhead ahead;

    /** How many more jobs the calls under way are to bring than they end. */
    private int coming;

    private final Map<String, HeldJob> byToken = new ConcurrentHashMap<>();

    ActiveJobs(int capacity, InstantSource clock) {
        this.capacity = capacity;
        this.clock = clock;
        this.free = new Semaphore(capacity);
        this.ahead = new ClaimAhead(capacity);
    }

    /**
     * Waits until there is room for at least one more, and tells for how many; 0 where that took
     * longer than given.
     */
    int awaitRoom(Duration longest) throws InterruptedException {
        if (!free.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            return 0;
        }
        free.release();
        return free.availablePermits();
    }

    /**
     * How many more jobs than it ends a call is to claim: more than none while jobs may be claimed
     * ahead, and fewer where too many are. They are counted on until {@link #brought}.
     *
     * @param plenty whether there may be so many in line
     */
    synchronized int more(int ended, boolean plenty) {
        int change = ahead.jobs() - beyond.get() - coming;
        int more = Math.clamp(change, -ended, plenty ? Integer.MAX_VALUE : 0);
        coming += more;
        return more;
    }

    /** A call is over that was to claim so many more jobs than it ended. */
    synchronized void brought(int more) {
        coming -= more;
    }

    /** A job has kept a thread busy, or waited for one, for so long. */
    void took(Duration time) {
        ahead.took(time);
    }

    /**
     * Takes a job on, at once. Where that is one more than there is room for, claimed ahead or
     * brought by an answer that was lost before, the next one to end makes no room.
     */
    HeldJob take(ClaimedJob job) {
        if (!free.tryAcquire()) {
            beyond.incrementAndGet();
        }
        return hold(job);
    }

    /** Takes a job on in the place of another one, which is over. */
    HeldJob replace(HeldJob over, ClaimedJob next) {
        byToken.remove(over.job().token());
        return hold(next);
    }

    void release(HeldJob held) {
        byToken.remove(held.job().token());
        if (beyond.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            free.release();
        }
    }

    List<HeldJob> held() {
        return List.copyOf(byToken.values());
    }

    int count() {
        return byToken.size();
    }

    /** Waits until no job is held; false where that took longer than allowed. */
    boolean awaitIdle(Duration longest) throws InterruptedException {
        boolean idle = free.tryAcquire(capacity, longest.toMillis(), TimeUnit.MILLISECONDS);
        if (idle) {
            free.release(capacity);
        }
        return idle;
    }

    private HeldJob hold(ClaimedJob job) {
        HeldJob held = new HeldJob(job, clock);
        byToken.put(job.token(), held);
        return held;
    }
}
