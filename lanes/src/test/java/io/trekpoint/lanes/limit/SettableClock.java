package io.trekpoint.lanes.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
final class SettableClock implements InstantSource {
    private volatile Instant now;

    SettableClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    void set(String instant) {
        now = Instant.parse(instant);
    }
}
