package io.trekpoint.worker.intake;

import java.time.Duration;

/**
 * How many jobs a worker claims beyond those that its threads work on. Jobs shorter than a round
 * trip come in fewer and larger calls so, and find a thread at once; those that take their time are
 * claimed by whoever has a thread for them. Starts with none, until short jobs were seen.
 * Thread-safe.
 */
final class ClaimAhead {
    private static final int MOST = 64;

    /** Within this time the threads are to be through with what is claimed ahead. */
    private static final Duration HORIZON = Duration.ofMillis(2);

    /** Of the last job; a long one among short ones ends claiming ahead for some dozens of them. */
    private static final double WEIGHT = 1.0 / 16;

    private final double horizon;
    private double mean = Duration.ofSeconds(1).toNanos();

    /** For so many threads. */
    ClaimAhead(int threads) {
        horizon = (double) threads * HORIZON.toNanos();
    }

    /** A job has kept a thread busy, or waited for one, for so long. */
    synchronized void took(Duration time) {
        mean += (time.toNanos() - mean) * WEIGHT;
    }

    /** How many jobs more than threads, 0 to 64. */
    synchronized int jobs() {
        return (int) Math.min(MOST, horizon / mean);
    }
}
