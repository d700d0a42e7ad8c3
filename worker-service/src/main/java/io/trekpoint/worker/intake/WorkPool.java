package io.trekpoint.worker.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A fixed number of threads for the work of jobs. A thread that does not come back in time is given
 * up and another one takes its place, until it does come back. Thread-safe.
 */
final class WorkPool implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final Map<HeldJob, Boolean> givenUp = new ConcurrentHashMap<>();

    WorkPool(int size) {
        threads =
                new ThreadPoolExecutor(
                        size,
                        size,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name("trek-job-", 0).daemon().factory());
    }

    /** Does the work of a job on one of the threads, some time soon. */
    void run(HeldJob held, Runnable work) {
        threads.execute(() -> {
            givenUp.put(held, false);
            try {
                work.run();
            } finally {
                if (Boolean.TRUE.equals(givenUp.remove(held))) {
                    resize(-1);
                }
            }
        });
    }

    /** Counts on the thread that works on the job no more, if there still is one. */
    void giveUp(HeldJob held) {
        if (givenUp.replace(held, false, true)) {
            resize(1);
        }
    }

    /** How many threads are given up and have not come back. */
    int lost() {
        return (int) givenUp.values().stream().filter(lost -> lost).count();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private synchronized void resize(int by) {
        int size = threads.getCorePoolSize() + by;
        if (by > 0) {
            threads.setMaximumPoolSize(size);
            threads.setCorePoolSize(size);
        } else {
            threads.setCorePoolSize(size);
            threads.setMaximumPoolSize(size);
        }
    }
}
