package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** What a process charges by itself is given back once, and no more of it than was charged. */
class LocalRefundTest {
    private static final int ALLOWANCE = 12;
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 1_000_000);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Terms WATCHED =
            new Terms(Terms.Enforcement.WATCHED, Terms.WithoutRedis.LOCAL);
    private static final Terms ADMITTING =
            new Terms(Terms.Enforcement.ENFORCED, Terms.WithoutRedis.ADMIT);

    /** What is done. */
    enum Act {
        RESERVE,
        RELEASE,
        /** What is owed is carried into the shared count. */
        CARRY,
        /** What is owed could not be carried. */
        CARRY_IN_VAIN,
        NEXT_MONTH
    }

    /** One of those, to which reservation. */
    record Step(Act act, int which, int cost, Terms terms) {}

    private record Charged(YearMonth month, int amount) {}

    @Property(tries = 500)
    void givesBackWhatWasChargedOnceAndNoMore(
            @ForAll @Size(min = 1, max = 80) List<@From("steps") Step> steps) {
        Books books = new Books();
        for (Step step : steps) {
            books.take(step);
            books.assertBalanced();
        }
        books.assertCarried();
    }

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<Act> acts =
                Arbitraries.frequency(
                        Tuple.of(12, Act.RESERVE),
                        Tuple.of(12, Act.RELEASE),
                        Tuple.of(3, Act.CARRY),
                        Tuple.of(3, Act.CARRY_IN_VAIN),
                        Tuple.of(1, Act.NEXT_MONTH));
        return Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(Terms.USUAL, Terms.USUAL, WATCHED, ADMITTING))
                .as(Step::new);
    }

    /** Does things to the reservations of one client, and keeps books of what they come to. */
    private static final class Books {
        private final SettableClock clock = new SettableClock("2026-11-15T12:00:00Z");
        private final LocalLimiter limiter = new LocalLimiter(new Share(1, 10, ALLOWANCE), clock);
        private final List<String> names = new ArrayList<>();
        private final Map<String, Charged> open = new HashMap<>();
        private int charged;
        private int givenBack;
        private int carried;

        void take(Step step) {
            switch (step.act) {
                case RESERVE -> reserve(step);
                case RELEASE -> release(step);
                case CARRY -> carry();
                case CARRY_IN_VAIN -> limiter.putBack("c", limiter.takeDebt("c"));
                case NEXT_MONTH -> {
                    clock.advance(Duration.ofDays(31));
                    charged = 0;
                    givenBack = 0;
                    carried = 0;
                }
            }
        }

        void assertBalanced() {
            assertThat(limiter.check("c", charge(0, Terms.USUAL), Optional.empty()).standings())
                    .singleElement()
                    .extracting(Standing::remaining)
                    .isEqualTo((long) ALLOWANCE - charged + givenBack);
        }

        void assertCarried() {
            carry();
            assertThat(carried).isBetween(charged - givenBack, charged);
        }

        private void reserve(Step step) {
            boolean fits = step.cost == 0 || charged - givenBack + step.cost <= ALLOWANCE;
            String name = "0-" + names.size();
            JobToCome job = new JobToCome(name, Optional.empty(), LONG, LONG);
            Decision decision = limiter.check("c", charge(step.cost, step.terms), Optional.of(job));
            assertThat(decision.allowed()).isEqualTo(fits || step.terms != Terms.USUAL);
            assertThat(decision.reservation())
                    .isEqualTo(
                            decision.allowed()
                                    ? Optional.of(new Reservation(name, true))
                                    : Optional.empty());
            int taken = fits && step.terms != ADMITTING ? step.cost : 0;
            names.add(name);
            open.put(name, new Charged(decision.month(), taken));
            charged += taken;
        }

        private void release(Step step) {
            if (names.isEmpty()) {
                return;
            }
            String name = names.get(step.which % names.size());
            limiter.refund("c", name);
            Charged was = open.remove(name);
            if (was != null && was.month.equals(Moment.of(clock.instant()).month())) {
                givenBack += was.amount;
            }
        }

        private void carry() {
            for (Debt.OfQuota owed : limiter.takeDebt("c").quotas()) {
                if (owed.month().equals(Moment.of(clock.instant()).month())) {
                    carried += (int) owed.amount();
                }
            }
        }

        private static List<Charge> charge(long cost, Terms terms) {
            return List.of(new Charge(EXPORTS, cost, terms));
        }
    }
}
