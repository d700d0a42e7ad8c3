package io.trekpoint.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClaimAheadTest {
    private static final Duration SHORT = Duration.ofNanos(50_000);

    private final ClaimAhead ahead = new ClaimAhead(10);

    @Test
    void claimsNothingAheadOfJobsThatWereNotSeen() {
        assertThat(ahead.jobs()).isZero();
        saw(20, SHORT);
        assertThat(ahead.jobs()).as("too few to go by").isZero();
    }

    @Test
    void claimsAheadWhatIsDoneInNoTime() {
        saw(300, SHORT);
        assertThat(ahead.jobs()).isEqualTo(64);
    }

    @Test
    void claimsAheadAsManyAsTheThreadsAreThroughWithInTwoMilliseconds() {
        saw(1000, Duration.ofNanos(2_490_000));
        assertThat(ahead.jobs()).isEqualTo(8);
        saw(1000, Duration.ofMillis(21));
        assertThat(ahead.jobs()).isZero();
    }

    @Test
    void claimsNothingAheadOnceAJobTakesLong() {
        saw(300, SHORT);
        ahead.took(Duration.ofMillis(400));
        assertThat(ahead.jobs()).isZero();
        saw(20, SHORT);
        assertThat(ahead.jobs()).as("and not soon again").isLessThan(4);
    }

    private void saw(int jobs, Duration each) {
        for (int i = 0; i < jobs; i++) {
            ahead.took(each);
        }
    }
}
