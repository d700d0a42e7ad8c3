package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.limit.Limit.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GcraTest {
    private static final Rate SEVEN_A_SECOND = new Rate("odd", 7, Duration.ofSeconds(1));
    private static final long START = 1_790_000_000_123_456L;

    @Test
    void roundsTheIntervalUpSoThatItNeverAdmitsMore() {
        assertThat(SEVEN_A_SECOND.interval()).isEqualTo(142_858);
        assertThat(new Rate("hour", 1000, Duration.ofHours(1)).interval()).isEqualTo(3_600_000);
    }

    @Test
    void admitsExactlyTheBurstAtOnceAndThenOnePerInterval() {
        Gcra gcra = Gcra.share(SEVEN_A_SECOND, 1);
        long tat = START;
        for (int i = 0; i < 7; i++) {
            assertThat(gcra.remaining(tat, START)).isEqualTo(7 - i);
            assertThat(gcra.waitFor(1, tat, START)).isZero();
            tat = gcra.after(tat, 1);
        }
        assertThat(gcra.remaining(tat, START)).isZero();
        assertThat(gcra.untilMore(tat, START)).isEqualTo(142_858);
        assertThat(gcra.waitFor(1, tat, START + 142_857)).isEqualTo(1);
        assertThat(gcra.waitFor(1, tat, START + 142_858)).isZero();
    }

    @Test
    void neverAdmitsMoreThanBurstPlusRateTimesAnyWindow() {
        Gcra gcra = Gcra.share(SEVEN_A_SECOND, 1);
        Random random = new Random(7);
        List<Long> admitted = new ArrayList<>();
        long now = START;
        long tat = 0;
        for (int i = 0; i < 4_000; i++) {
            now += random.nextInt(10) == 0 ? random.nextInt(2_000_000) : random.nextInt(40_000);
            tat = gcra.clamp(tat, now);
            if (gcra.waitFor(1, tat, now) == 0) {
                tat = gcra.after(tat, 1);
                admitted.add(now);
            }
        }
        for (int from = 0; from < admitted.size(); from++) {
            for (int to = from; to < Math.min(admitted.size(), from + 200); to++) {
                long window = admitted.get(to) - admitted.get(from);
                assertThat(to - from + 1).isLessThanOrEqualTo((int) (7 + window / 142_858));
            }
        }
    }

    @Test
    void reachesTheBoundWhenAskedWithoutPause() {
        Gcra gcra = Gcra.share(SEVEN_A_SECOND, 1);
        long tat = START;
        int admitted = 0;
        long window = 10_000_000;
        for (long now = START; now <= START + window; now += 100) {
            tat = gcra.clamp(tat, now);
            if (gcra.waitFor(1, tat, now) == 0) {
                tat = gcra.after(tat, 1);
                admitted++;
            }
        }
        assertThat(admitted).isEqualTo(7 + window / 142_858);
    }

    @Test
    void forgetsDebtThatNoBurstCanHaveMade() {
        Gcra gcra = Gcra.share(SEVEN_A_SECOND, 1);
        long afterStepBack = START - 86_400_000_000L;
        assertThat(gcra.clamp(START, afterStepBack)).isEqualTo(afterStepBack + 7 * 142_858);
    }

    @Test
    void givesEachReplicaItsPartOfARate() {
        Gcra part = Gcra.share(new Rate("burst", 20, Duration.ofSeconds(1)), 3);
        assertThat(part).isEqualTo(new Gcra(150_000, 6, 20));
        assertThat(Gcra.share(new Rate("rare", 2, Duration.ofSeconds(1)), 3).burst()).isEqualTo(1);
    }

    @Test
    void admitsWhatIsDearerThanAPartOnlyWhileNothingIsOwed() {
        Gcra part = Gcra.share(new Rate("burst", 20, Duration.ofSeconds(1)), 10);
        assertThat(part.waitFor(5, START, START)).isZero();
        assertThat(part.waitFor(5, START + 1, START)).isEqualTo(1);
        assertThat(part.waitFor(21, START, START)).isEqualTo(Gcra.NEVER);
        long tat = part.after(START, 5);
        assertThat(part.remaining(tat, START)).isZero();
        assertThat(part.untilMore(tat, START)).isEqualTo(4 * 500_000);
    }

    @Test
    void refusesLimitsItCouldNotKeepExactly() {
        assertThatThrownBy(() -> new Rate("r", 0, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate("r", 1_000_001, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate("r", 1, Duration.ofMillis(1500)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate("no \"quotes\"", 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
