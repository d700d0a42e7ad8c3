package io.trekpoint.lanes.guard;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for futures, for so long at the most. A timed wait of a virtual thread has the platform's
 * one timer thread woken for it, which costs a busy process more than the wait is about. Here they
 * are looked after together, by a thread that looks every {@link #TICK}: a wait that is in vain
 * lasts so much longer, and one that is not costs nobody a wake-up. Thread-safe.
 */
final class Patience {
    /** How late the end of a wait may be noticed. */
    static final Duration TICK = Duration.ofMillis(2);

    /** Looks in vain after which the thread ends: about a second. */
    private static final int LOOKS_IN_VAIN = 500;

    private static final Patience ALL = new Patience();

    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();

    private Patience() {}

    /**
     * Waits, as {@link CompletableFuture#get(long, TimeUnit)} does.
     *
     * @throws TimeoutException where the future is not done in time; it may be later
     */
    static <T> T await(CompletableFuture<T> future, Duration within)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (future.isDone() || !Thread.currentThread().isVirtual()) {
            return future.get(within.toNanos(), TimeUnit.NANOSECONDS);
        }
        ALL.awaitDone(future, within);
        return future.get();
    }

    private void awaitDone(CompletableFuture<?> future, Duration within)
            throws InterruptedException, TimeoutException {
        Waiter waiter = new Waiter(Thread.currentThread(), System.nanoTime() + within.toNanos());
        var _ = future.whenComplete((_, _) -> LockSupport.unpark(waiter.thread));
        enter(waiter);
        try {
            while (!future.isDone()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (waiter.isOver(System.nanoTime())) {
                    throw new TimeoutException();
                }
                LockSupport.park(future);
            }
        } finally {
            waiters.remove(waiter);
        }
    }

    private void enter(Waiter waiter) {
        waiters.add(waiter);
        if (!looking.get() && looking.compareAndSet(false, true)) {
            boolean started = false;
            try {
                Thread.ofPlatform().name("trek-patience").daemon().start(this::look);
                started = true;
            } finally {
                if (!started) {
                    looking.set(false);
                }
            }
        }
    }

    /** Until nobody has been there for a while: whoever enters later starts it again. */
    private void look() {
        int inVain = 0;
        while (inVain < LOOKS_IN_VAIN || !mayEnd()) {
            LockSupport.parkNanos(TICK.toNanos());
            inVain = waiters.isEmpty() ? inVain + 1 : 0;
            long now = System.nanoTime();
            for (Waiter waiter : waiters) {
                if (waiter.isOver(now)) {
                    LockSupport.unpark(waiter.thread);
                }
            }
        }
    }

    /** Who has entered meanwhile may have seen this looking. */
    private boolean mayEnd() {
        looking.set(false);
        return waiters.isEmpty() || !looking.compareAndSet(false, true);
    }

    /** Somebody who waits, each unlike any other. */
    private static final class Waiter {
        private final Thread thread;
        private final long end;

        Waiter(Thread thread, long end) {
            this.thread = thread;
            this.end = end;
        }

        boolean isOver(long now) {
            return now - end >= 0;
        }
    }
}
