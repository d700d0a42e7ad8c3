package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.FinishedOutput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Attempts of one shard that are over and wait for a call to end them. While no call is under way
 * the next one goes at once. While one is, another goes as soon as half of what this process holds
 * is over: Redis works on one half, this process on the other. So a call has at most half of that,
 * or a few where that is more, and no second call is for fewer. Thread-safe.
 */
final class FinishQueue {
    /** An attempt, and what is to be told of it. */
    record Over(HeldJob held, Ending ending) {}

    private static final int FEW = 4;
    private static final int MOST_ATTEMPTS = 64;
    private static final long MOST_BYTES = 256 * 1024;

    private final ActiveJobs active;
    private final Deque<Over> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private int underWay;

    FinishQueue(ActiveJobs active) {
        this.active = active;
    }

    /**
     * Ends an attempt whose output is stored, soon. Only for whoever {@link HeldJob#end} let say
     * so.
     */
    void offer(HeldJob held, Ending ending) {
        putBack(List.of(new Over(held, ending)));
    }

    /** Attempts that were taken, and go in another call. */
    void putBack(List<Over> attempts) {
        lock.lock();
        try {
            waiting.addAll(attempts);
            signalIfDue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes attempts for a call, which is under way until it is {@link #answered()}; none where it
     * was not time for one for so long.
     */
    List<Over> take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!due()) {
                if (left <= 0) {
                    return List.of();
                }
                left = change.awaitNanos(left);
            }
            underWay++;
            List<Over> taken = takeSome();
            signalIfDue();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** A call is answered, or given up. */
    void answered() {
        lock.lock();
        try {
            underWay--;
            signalIfDue();
        } finally {
            lock.unlock();
        }
    }

    private void signalIfDue() {
        if (due()) {
            change.signal();
        }
    }

    private boolean due() {
        return !waiting.isEmpty() && (underWay == 0 || waiting.size() >= some());
    }

    private int some() {
        return Math.clamp((active.count() + 1) / 2, FEW, MOST_ATTEMPTS);
    }

    private List<Over> takeSome() {
        int most = some();
        List<Over> taken = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && taken.size() < most && bytes < MOST_BYTES) {
            Over over = waiting.remove();
            taken.add(over);
            bytes += bytes(over.ending);
        }
        return taken;
    }

    private static long bytes(Ending ending) {
        return ending instanceof Ending.Succeeded(var result, FinishedOutput output)
                ? result.length() + Math.min(output.stored(), MOST_BYTES / 2)
                : 0;
    }
}
