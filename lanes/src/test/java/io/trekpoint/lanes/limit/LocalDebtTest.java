package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import io.trekpoint.lanes.limit.Limit.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a process owes the shared count for what it has admitted by itself. */
class LocalDebtTest {
    private static final Rate BURST = new Rate("burst", 20, Duration.ofSeconds(1));
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 50);

    private final SettableClock clock = new SettableClock("2026-11-30T23:00:00Z");

    @Test
    void earnsADebtBackAtItsShareAndNoFaster() {
        LocalLimiter limiter = new LocalLimiter(new Share(4, 100, 3), clock);
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(5);
        clock.advance(Duration.ofMillis(400));
        Debt debt = limiter.takeDebt("c");
        long interval = BURST.interval();
        assertThat(debt.rates())
                .singleElement()
                .satisfies(owed -> assertThat(owed.owed()).isEqualTo(5 * interval - 100_000));
        assertThat(limiter.takeDebt("c").none()).isTrue();
        limiter.putBack("c", debt);
        assertThat(limiter.takeDebt("c")).isEqualTo(debt);
    }

    @Test
    void owesNoLessOnceThereAreMoreReplicas() {
        AtomicInteger replicas = new AtomicInteger(1);
        LocalLimiter limiter = new LocalLimiter(new ChangingShare(replicas::get), clock);
        long interval = BURST.interval();
        assertThat(admitted(limiter, "c", BURST, 8)).isEqualTo(8);
        replicas.set(4);
        assertThat(limiter.takeDebt("c").rates())
                .extracting(Debt.OfRate::owed)
                .containsExactly(8 * interval);

        replicas.set(1);
        assertThat(admitted(limiter, "d", BURST, 8)).isEqualTo(8);
        replicas.set(4);
        clock.advance(Duration.ofMillis(400));
        assertThat(admitted(limiter, "d", BURST, 1)).isEqualTo(1);
        assertThat(limiter.takeDebt("d").rates())
                .extracting(Debt.OfRate::owed)
                .containsExactly(8 * interval - 100_000 + interval);
    }

    @Test
    void forgetsDebtsTogetherWithTheClientsThatHaveEarnedThemBack() {
        LocalLimiter limiter = new LocalLimiter(new Share(1, 2, 3), clock);
        for (int i = 0; i < 50; i++) {
            check(limiter, "passer-by-" + i, BURST, 1);
            clock.advance(Duration.ofSeconds(2));
        }
        assertThat(limiter.indebtedClients()).isEqualTo(limiter.clients()).isLessThanOrEqualTo(2);
    }

    @Test
    void keepsApartWhoOwesSomethingOfTheMonthBefore() {
        LocalLimiter limiter = new LocalLimiter(new Share(1, 1, 3), clock);
        check(limiter, "c", EXPORTS, 2);
        clock.set("2026-12-01T00:00:00Z");
        check(limiter, "other", BURST, 1);
        assertThat(limiter.takeDebt("c").quotas())
                .extracting(Debt.OfQuota::amount)
                .containsExactly(2L);
    }

    private static Decision check(LocalLimiter limiter, String client, Limit limit, long cost) {
        return limiter.check(client, List.of(new Charge(limit, cost)), Optional.empty());
    }

    private static long admitted(LocalLimiter limiter, String client, Limit limit, int calls) {
        return IntStream.range(0, calls)
                .filter(_ -> check(limiter, client, limit, 1).allowed())
                .count();
    }

    private record ChangingShare(IntSupplier count) implements LocalLimits {
        @Override
        public int replicas() {
            return count.getAsInt();
        }

        @Override
        public int maxClients() {
            return 100;
        }

        @Override
        public long quotaAllowance() {
            return 3;
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(10);
        }
    }
}
