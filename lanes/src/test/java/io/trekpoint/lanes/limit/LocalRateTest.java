package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalRateTest {
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final LocalRate rate =
            new LocalRate(new Limit.Rate("stray", 2, Duration.ofSeconds(10)), 3, () -> now);

    @Test
    void givesABurstAndThenOneEachInterval() {
        assertThat(rate.take("a")).isEmpty();
        assertThat(rate.take("a")).isEmpty();
        assertThat(rate.take("a")).contains(Duration.ofSeconds(5));
        assertThat(rate.take("b")).isEmpty();
        now = now.plusSeconds(5);
        assertThat(rate.take("a")).isEmpty();
        assertThat(rate.take("a")).isPresent();
    }

    @Test
    void keepsABoundedNumberApartAndHasTheOthersShare() {
        for (int i = 0; i < 3; i++) {
            rate.take("known-" + i);
        }
        assertThat(rate.take("d")).isEmpty();
        assertThat(rate.take("e")).isEmpty();
        assertThat(rate.take("f")).isPresent();
        for (int i = 0; i < 100; i++) {
            rate.take("more-" + i);
        }
        assertThat(rate.size()).isLessThanOrEqualTo(4);
    }

    @Test
    void forgetsWhoOwesNothing() {
        for (int i = 0; i < 3; i++) {
            rate.take("known-" + i);
        }
        now = now.plusSeconds(60);
        assertThat(rate.take("d")).isEmpty();
        assertThat(rate.size()).isEqualTo(1);
    }

    @Test
    void locksNobodyOutForLongerThanItsWindowWhenTheClockStepsBack() {
        rate.take("a");
        rate.take("a");
        now = now.minusSeconds(3_600);
        assertThat(rate.take("a").orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesOverWhatIsOwedElsewhere() {
        rate.take("a");
        rate.owe("a", Duration.ofSeconds(10));
        assertThat(rate.take("a")).contains(Duration.ofSeconds(5));
        rate.owe("a", Duration.ofSeconds(1));
        assertThat(rate.take("a")).contains(Duration.ofSeconds(5));
    }

    @Test
    void letsNobodyOweMoreThanASpentRate() {
        rate.take("a");
        rate.owe("a", Duration.ofHours(1));
        assertThat(rate.take("a")).contains(Duration.ofSeconds(5));
    }

    @Test
    void knowsNobodyByWhatIsOwedElsewhere() {
        rate.owe("a", Duration.ofSeconds(10));
        assertThat(rate.size()).isZero();
    }
}
