package io.trekpoint.lanes.limit;

import static io.trekpoint.lanes.limit.Terms.Enforcement.ENFORCED;
import static io.trekpoint.lanes.limit.Terms.Enforcement.WATCHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.limit.Decision.Outcome;
import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import io.trekpoint.lanes.limit.Limit.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LocalLimiterTest {
    private static final Rate BURST = new Rate("burst", 20, Duration.ofSeconds(1));
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 50);

    private final SettableClock clock = new SettableClock("2026-11-30T23:00:00Z");

    @Test
    void admitsThisReplicasPartOfARate() {
        LocalLimiter limiter = new LocalLimiter(new Share(4, 100, 3), clock);
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(5);
        clock.advance(Duration.ofMillis(199));
        assertThat(admitted(limiter, "c", BURST, 30)).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(10));
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(5);
    }

    @Test
    void countsNothingWhenOneOfSeveralLimitsRefuses() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        List<Charge> both = List.of(new Charge(BURST, 1), new Charge(EXPORTS, 1));
        assertThat(
                        IntStream.range(0, 10)
                                .filter(_ -> limiter.check("c", both, Optional.empty()).allowed()))
                .hasSize(3);
        assertThat(check(limiter, "c", BURST, 0).standings().getFirst().remaining()).isEqualTo(17);
    }

    @Test
    void givesNoFreshBurstToWhomTheSharedCountHasJustServed() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        limiter.follow("c", List.of(new Charge(BURST, 18)), shared(BURST, 2, true));
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(2);
        assertThat(admitted(limiter, "other", BURST, 30)).isEqualTo(20);
    }

    @Test
    void doesNotFollowWhatTheSharedCountRefused() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        limiter.follow("c", List.of(new Charge(BURST, 20)), shared(BURST, 3, false));
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(20);
    }

    @Test
    void tellsASpentAllowanceOfItsOwnFromASpentQuota() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isEqualTo(3);
        Decision exhausted = check(limiter, "c", EXPORTS, 1);
        assertThat(exhausted.outcome()).isEqualTo(Outcome.DEGRADED_EXHAUSTED);
        assertThat(exhausted.violated()).containsExactly("exports");
        assertThat(exhausted.standings().getFirst().retryAfter()).contains(Duration.ofSeconds(10));

        limiter.follow("spent", List.of(new Charge(EXPORTS, 1)), shared(EXPORTS, 0, false));
        Decision refused = check(limiter, "spent", EXPORTS, 1);
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.standings().getFirst().retryAfter()).contains(Duration.ofHours(1));
    }

    @Test
    void startsItsAllowanceAnewWithTheMonth() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isEqualTo(3);
        clock.set("2026-12-01T00:00:00Z");
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isEqualTo(3);
    }

    @Test
    void givesBackWhatAReservationHasTakenOnce() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        reserve(limiter, "0-a", 1, Terms.USUAL);
        reserve(limiter, "0-b", 1, Terms.USUAL);
        limiter.refund("c", "0-a");
        limiter.refund("c", "0-a");
        limiter.refund("c", "0-c");
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isEqualTo(2);
    }

    @Test
    void givesNothingBackOfAMonthThatIsOver() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        reserve(limiter, "0-a", 2, Terms.USUAL);
        clock.set("2026-12-01T00:00:00Z");
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isEqualTo(3);
        limiter.refund("c", "0-a");
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isZero();
    }

    @Test
    void givesNothingBackThatWasNotTaken() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isEqualTo(3);
        Terms watched = new Terms(WATCHED, Terms.WithoutRedis.LOCAL);
        assertThat(reserve(limiter, "0-a", 1, watched).allowed()).isTrue();
        limiter.refund("c", "0-a");
        Terms open = new Terms(ENFORCED, Terms.WithoutRedis.ADMIT);
        assertThat(reserve(limiter, "0-b", 1, open).allowed()).isTrue();
        limiter.refund("c", "0-b");
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isZero();
    }

    @Test
    void givesBackWhereClientsShareOneBucket() {
        LocalLimiter limiter = new LocalLimiter(new Share(1, 1, 3), clock);
        check(limiter, "alone", BURST, 1);
        reserve(limiter, "0-a", 2, Terms.USUAL);
        limiter.refund("c", "0-a");
        assertThat(admitted(limiter, "c", EXPORTS, 10)).isEqualTo(3);
    }

    @Test
    void locksNobodyOutWhenTheClockStepsBack() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(20);
        clock.advance(Duration.ofDays(-1));
        assertThat(admitted(limiter, "c", BURST, 30)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(20);
    }

    @Test
    void letsClientsBeyondItsRoomShareOneBucketUntilOthersOweNothing() {
        LocalLimiter limiter = new LocalLimiter(new Share(1, 2, 3), clock);
        assertThat(admitted(limiter, "a", BURST, 5)).isEqualTo(5);
        assertThat(admitted(limiter, "b", BURST, 5)).isEqualTo(5);
        assertThat(admitted(limiter, "c", BURST, 15)).isEqualTo(15);
        assertThat(admitted(limiter, "d", BURST, 15)).isEqualTo(5);
        clock.advance(Duration.ofSeconds(2));
        assertThat(admitted(limiter, "c", BURST, 30)).isEqualTo(20);
        assertThat(admitted(limiter, "d", BURST, 30)).isEqualTo(20);
    }

    @Test
    void countsExactlyWhileClientsComeAndGo() throws Exception {
        LocalLimiter limiter = new LocalLimiter(new Share(1, 10, 3), clock);
        check(limiter, "c", BURST, 1);
        List<Callable<Long>> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            String passerBy = "passer-by-" + thread + "-";
            threads.add(() ->
                    LongStream.range(0, 500)
                            .filter(i -> {
                                check(limiter, passerBy + i, BURST, 1);
                                return check(limiter, "c", BURST, 1).allowed();
                            })
                            .count());
        }
        long admitted = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (Future<Long> count : pool.invokeAll(threads)) {
                admitted += count.get();
            }
        }
        assertThat(admitted).isEqualTo(19);
    }

    @Test
    void doesWhatEachLimitSaysIsDoneWithoutRedis() {
        LocalLimiter limiter = new LocalLimiter(Share.ALONE, clock);
        List<Charge> open =
                List.of(new Charge(BURST, 1, new Terms(ENFORCED, Terms.WithoutRedis.ADMIT)));
        assertThat(IntStream.range(0, 100))
                .allMatch(_ -> limiter.check("c", open, Optional.empty()).allowed());
        List<Charge> shut =
                List.of(new Charge(BURST, 1, new Terms(ENFORCED, Terms.WithoutRedis.REFUSE)));
        assertThat(limiter.check("c", shut, Optional.empty()).outcome())
                .isEqualTo(Outcome.DEGRADED_EXHAUSTED);
        List<Charge> watched =
                List.of(new Charge(BURST, 1, new Terms(WATCHED, Terms.WithoutRedis.LOCAL)));
        assertThat(IntStream.range(0, 100))
                .allMatch(_ -> limiter.check("c", watched, Optional.empty()).allowed());
    }

    @Test
    void refusesAShareThatIsNone() {
        assertThatThrownBy(() -> new LocalLimiter(new Share(0, 10, 3), clock))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LocalLimiter(new Share(1, 0, 3), clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void looksWithoutTakingRoom() {
        LocalLimiter limiter = new LocalLimiter(new Share(1, 1, 3), clock);
        for (int i = 0; i < 5; i++) {
            assertThat(check(limiter, "look-" + i, BURST, 0).standings().getFirst().remaining())
                    .isEqualTo(20);
        }
        assertThat(admitted(limiter, "a", BURST, 30)).isEqualTo(20);
        assertThat(admitted(limiter, "b", BURST, 30)).isEqualTo(20);
        assertThat(admitted(limiter, "c", BURST, 30)).isZero();
    }

    private static Decision check(LocalLimiter limiter, String client, Limit limit, long cost) {
        return limiter.check(client, List.of(new Charge(limit, cost)), Optional.empty());
    }

    private static Decision reserve(LocalLimiter limiter, String job, long cost, Terms terms) {
        JobToCome toCome =
                new JobToCome(job, Optional.empty(), Duration.ofHours(1), Duration.ofHours(1));
        return limiter.check("c", List.of(new Charge(EXPORTS, cost, terms)), Optional.of(toCome));
    }

    private static long admitted(LocalLimiter limiter, String client, Limit limit, int calls) {
        return IntStream.range(0, calls)
                .filter(_ -> check(limiter, client, limit, 1).allowed())
                .count();
    }

    private Decision shared(Limit limit, long remaining, boolean admitted) {
        Standing standing =
                new Standing(
                        limit,
                        remaining,
                        Duration.ofSeconds(1),
                        !admitted,
                        false,
                        Optional.of(Duration.ofSeconds(admitted ? 0 : 1)));
        return new Decision(
                admitted ? Outcome.ADMITTED : Outcome.REFUSED,
                List.of(standing),
                Moment.of(clock.instant()).month(),
                Decision.Source.REDIS,
                Optional.empty());
    }
}
