package io.trekpoint.lanes.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
public final class SettableClock implements InstantSource {
    private volatile Instant now;

    /** Stands at an instant, such as {@code 2026-11-29T12:00:00Z}. */
    public SettableClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Goes on. */
    public void advance(Duration by) {
        now = now.plus(by);
    }

    /** Goes to an instant. */
    public void set(String instant) {
        now = Instant.parse(instant);
    }
}
