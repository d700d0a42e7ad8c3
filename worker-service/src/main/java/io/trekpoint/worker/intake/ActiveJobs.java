package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.ClaimedJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The jobs this process holds, and how many more it may take. There may be room while some are held
 * beyond it: what was claimed ahead from one shard is not to keep the others waiting. Thread-safe.
 */
final class ActiveJobs {
    private final int capacity;
    private final InstantSource clock;
    private final ClaimAhead ahead;
    private final Map<String, HeldJob> byToken = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();

    /** Room for so many: of the capacity, what is not held, nor left to what is held beyond. */
    private int free;

    /** So many more are held than there was room for. */
    private int beyond;

    /** How many more jobs the calls under way are to bring than they end. */
    private int coming;

    ActiveJobs(int capacity, InstantSource clock) {
        this.capacity = capacity;
        this.clock = clock;
        this.free = capacity;
        this.ahead = new ClaimAhead(capacity);
    }

    /**
     * Waits until there is room for at least one more, and tells for how many; 0 where that took
     * longer than given.
     */
    int awaitRoom(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            await(() -> free > 0, longest);
            return free;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many more jobs than it ends a call is to claim: more than none while jobs may be claimed
     * ahead, and fewer where too many are. They are counted on until {@link #brought}.
     *
     * @param plenty whether there may be so many in line
     */
    int more(int ended, boolean plenty) {
        lock.lock();
        try {
            int change = ahead.jobs() - beyond - coming;
            int more = Math.clamp(change, -ended, plenty ? Integer.MAX_VALUE : 0);
            coming += more;
            return more;
        } finally {
            lock.unlock();
        }
    }

    /** A call is over that was to claim so many more jobs than it ended. */
    void brought(int more) {
        lock.lock();
        try {
            coming -= more;
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            if (free > 0) {
                free--;
            } else {
                beyond++;
            }
            return hold(job);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a job on in the place of another one, which is over. */
    HeldJob replace(HeldJob over, ClaimedJob next) {
        HeldJob held = hold(next);
        byToken.remove(over.job().token());
        return held;
    }

    /** A job is over; that makes room, unless there was one too many. */
    void release(HeldJob held) {
        leave(held, false);
    }

    /**
     * A job is over, and makes room for whoever claims next even where there was one too many: as
     * long as there is not room for as many as there are threads, and no more are held ahead than
     * may be.
     */
    void vacate(HeldJob held) {
        leave(held, true);
    }

    List<HeldJob> held() {
        return List.copyOf(byToken.values());
    }

    int count() {
        return byToken.size();
    }

    /** Waits until no job is held; false where that took longer than allowed. */
    boolean awaitIdle(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            return await(byToken::isEmpty, longest);
        } finally {
            lock.unlock();
        }
    }

    /** What is held beyond the room is made good first, unless there is to be room for others. */
    private void leave(HeldJob held, boolean forOthers) {
        lock.lock();
        try {
            byToken.remove(held.job().token());
            boolean roomFirst = forOthers && free < capacity && beyond <= ahead.jobs();
            if (beyond > 0 && !roomFirst) {
                beyond--;
            } else {
                free++;
            }
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(BooleanSupplier what, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        while (!what.getAsBoolean() && left > 0) {
            left = over.awaitNanos(left);
        }
        return what.getAsBoolean();
    }

    private HeldJob hold(ClaimedJob job) {
        HeldJob held = new HeldJob(job, clock);
        byToken.put(job.token(), held);
        return held;
    }
}
