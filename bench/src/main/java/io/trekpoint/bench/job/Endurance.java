package io.trekpoint.bench.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobExpirer;
import io.trekpoint.lanes.job.JobRules;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Jobs that come and go for long, to see what stays: no more than a thousand are open at once. */
final class Endurance {
    private static final int MOST_OPEN = 1_000;

    /** The meta of the shard, its events, its wake-ups, and the stream of the one priority. */
    private static final int KEYS_THAT_STAY = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Lane lane;
    private final JobExpirer expirer;
    private final Semaphore open = new Semaphore(MOST_OPEN);

    Endurance(Lane lane, JobConfig config, Supplier<JobRules> rules) {
        this.lane = lane;
        this.expirer = new JobExpirer(lane, rules);
        if (config.shards() != 1) {
            throw new IllegalArgumentException("one shard is swept");
        }
    }

    /** A job is done. */
    void done() {
        open.release();
    }

    /**
     * Submits jobs while there is time, expiring others; how many there were, once all are done.
     */
    int submit(int jobs, Duration most, int submitters, IntConsumer submit)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger submitted = new AtomicInteger();
        long end = System.nanoTime() + most.toNanos();
        try (Loop _ = Loop.start("expire", this::expire)) {
            try (ExecutorService all = Executors.newFixedThreadPool(submitters)) {
                for (int i = 0; i < submitters; i++) {
                    all.execute(() -> {
                        while (next.getAndIncrement() < jobs && System.nanoTime() < end) {
                            open.acquireUninterruptibly();
                            submit.accept(submitted.getAndIncrement());
                        }
                    });
                }
            }
            if (!open.tryAcquire(MOST_OPEN, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("jobs do not end");
            }
        }
        return submitted.get();
    }

    /** Waits until all that had a time to live is gone. */
    void awaitNothingLeft() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (keys() > KEYS_THAT_STAY) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(keys() + " keys are left");
            }
            expire();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private Duration expire() {
        return expirer.expire(0) > 0 ? Duration.ZERO : Duration.ofMillis(100);
    }

    private long keys() {
        return Objects.requireNonNull(lane.send(Request.cmd(Command.DBSIZE), Lane.Access.READ))
                .toLong();
    }
}
