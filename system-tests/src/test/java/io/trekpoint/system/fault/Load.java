package io.trekpoint.system.fault;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that submit walks one after the other, as well-behaved ones do: what is refused or lost
 * is sent again under the same Idempotency-Key, a little later, until it is acknowledged. Bounded
 * in count and time.
 */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final Caller caller;
    private final String client;
    private final History history;
    private final AtomicInteger left;
    private final Duration pace;
    private final byte[] walk = Gpx.walk();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    private Load(Caller caller, String client, History history, int jobs, Duration pace) {
        this.caller = caller;
        this.client = client;
        this.history = history;
        this.left = new AtomicInteger(jobs);
        this.pace = pace;
    }

    /**
     * Starts submitting so many jobs in all.
     *
     * @param pace how long each client rests after each job
     */
    static Load start(Caller caller, String client, History history, int jobs, Duration pace) {
        Load load = new Load(caller, client, history, jobs, pace);
        for (int i = 0; i < CLIENTS; i++) {
            load.clients.submit(load::run);
        }
        load.clients.shutdown();
        return load;
    }

    /** Waits until every job of the load is acknowledged. */
    void awaitAll() {
        try {
            if (!clients.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the load has not come to its end in " + LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether every job of the load is acknowledged. */
    boolean over() {
        return clients.isTerminated();
    }

    @Override
    public void close() {
        stopped.countDown();
        clients.shutdownNow();
    }

    private void run() {
        try {
            while (left.getAndDecrement() > 0
                    && !stopped.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
                String key = '"' + UUID.randomUUID().toString() + '"';
                while (!submitted(key) && !stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    // The same again.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean submitted(String key) {
        long began = System.nanoTime();
        try {
            Answer answer = caller.export("kml", walk, "Idempotency-Key", key);
            history.answered(client, "submit", key, answer);
            return answer.status() == 202;
        } catch (UncheckedIOException e) {
            history.lost(client, "submit", key, (System.nanoTime() - began) / 1_000_000);
            return false;
        }
    }
}
