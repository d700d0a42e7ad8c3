package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant BEGAN = Instant.parse("2026-03-29T00:59:59Z");

    private long nanos = Long.MAX_VALUE - 1;

    @Test
    void goesOnFromItsBeginningWhereverTheNanosecondsStand() {
        SteadyClock clock = new SteadyClock(BEGAN, () -> nanos);
        assertThat(clock.instant()).isEqualTo(BEGAN);

        // Past the largest number, as they may go.
        nanos += Duration.ofMinutes(2).toNanos();

        assertThat(clock.instant()).isEqualTo(BEGAN.plus(Duration.ofMinutes(2)));
    }
}
