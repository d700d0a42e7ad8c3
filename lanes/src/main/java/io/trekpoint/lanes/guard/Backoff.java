package io.trekpoint.lanes.guard;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Full-jitter exponential backoff: the n-th wait is drawn evenly from zero to {@code first × 2ⁿ},
 * capped. For one loop; not thread-safe.
 */
public final class Backoff {
    private final long firstMillis;
    private final long capMillis;
    private final RandomGenerator random;
    private int failures;

    /**
     * Starts without failures.
     *
     * @param first the upper bound of the first wait
     * @param cap the upper bound of every wait
     * @param random where the jitter comes from
     */
    public Backoff(Duration first, Duration cap, RandomGenerator random) {
        this.firstMillis = first.toMillis();
        this.capMillis = cap.toMillis();
        this.random = random;
    }

    /** The next wait, after one more failure. */
    public Duration next() {
        long bound = Math.min(capMillis, firstMillis << Math.min(failures, 20));
        failures++;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    /** Waits as {@link #next} says. */
    public void pause() throws InterruptedException {
        boolean never = new Semaphore(0).tryAcquire(next().toMillis(), TimeUnit.MILLISECONDS);
        assert !never;
    }

    /**
     * Waits so, where nobody asks for an end.
     *
     * @return false where the thread was interrupted, which it stays
     */
    public boolean tryPause() {
        try {
            pause();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Something worked: the next failure waits as the first one did. */
    public void reset() {
        failures = 0;
    }
}
