package io.trekpoint.system.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How late this machine itself is: a thread that wants to wake every ten milliseconds, and notes by
 * how much it is kept waiting. What a service answers late for that reason is not its own doing.
 */
final class Pulse implements AutoCloseable {
    private static final Duration BEAT = Duration.ofMillis(10);

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long latestNanos;

    Pulse() {
        Thread.ofPlatform().daemon().name("pulse").start(this::run);
    }

    /** The latest that it ever woke. */
    Duration latest() {
        return Duration.ofNanos(latestNanos);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            long due = System.nanoTime() + BEAT.toNanos();
            while (!closed.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                long now = System.nanoTime();
                latestNanos = Math.max(latestNanos, now - due);
                due = now + BEAT.toNanos();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
