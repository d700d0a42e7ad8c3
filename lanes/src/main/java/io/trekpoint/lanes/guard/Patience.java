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
import org.jspecify.annotations.Nullable;

/**
 * Waits for futures, for so long at the most. A timed wait of a virtual thread has the platform's
 * one timer thread woken for it, which costs a busy process more than the wait is about. Here they
 * are looked after together, by a thread that looks every {@link #TICK}: a wait that is in vain
 * lasts so much longer, and one that is not costs nobody a wake-up. Thread-safe.
 */
final class Patience {
    /** How late the end of a wait may be noticed. */
    static final Duration TICK = Duration.ofMillis(2);

    /** Looks in vain after which nobody is waited for before somebody comes. */
    private static final int LOOKS_IN_VAIN = 500;

    private static final Patience ALL = new Patience();

    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Thread asleep;

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
        if (!started.get() && started.compareAndSet(false, true)) {
            Thread.ofPlatform().name("trek-patience").daemon().start(this::look);
        }
        LockSupport.unpark(asleep);
    }

    private void look() {
        int inVain = 0;
        while (true) {
            LockSupport.parkNanos(TICK.toNanos());
            inVain = waiters.isEmpty() ? inVain + 1 : 0;
            if (inVain > LOOKS_IN_VAIN) {
                rest();
                inVain = 0;
            }
            long now = System.nanoTime();
            for (Waiter waiter : waiters) {
                if (waiter.isOver(now)) {
                    LockSupport.unpark(waiter.thread);
                }
            }
        }
    }

    /** Until somebody comes: who enters looks whether this sleeps after it is seen here. */
    private void rest() {
        asleep = Thread.currentThread();
        while (waiters.isEmpty()) {
            LockSupport.park(this);
        }
        asleep = null;
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
