package io.trekpoint.lanes.guard;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock for how long ago something was: it tells the time as it was when it began, and goes on
 * evenly from there, whatever is done to the clock of the machine. Immutable.
 */
public final class SteadyClock implements InstantSource {
    private final Instant began;
    private final LongSupplier nanos;
    private final long beganNanos;

    /** Begins at the time of the machine. */
    public SteadyClock() {
        this(Instant.now(), System::nanoTime);
    }

    /**
     * Begins at a time.
     *
     * @param nanos what goes on evenly, in nanoseconds
     */
    SteadyClock(Instant began, LongSupplier nanos) {
        this.began = began;
        this.nanos = nanos;
        this.beganNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return began.plusNanos(nanos.getAsLong() - beganNanos);
    }
}
