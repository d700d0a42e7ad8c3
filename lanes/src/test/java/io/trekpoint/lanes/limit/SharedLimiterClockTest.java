package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.limit.Limit.Rate;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisClock;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.lanes.redis.Script;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** What counts is the script: here it runs on a clock that is set, beside the arithmetic. */
class SharedLimiterClockTest {
    /** In 2096: long after the clock by which Redis expires keys. */
    private static final long START = 4_000_000_000_000_000L;

    private static final Duration TEN = Duration.ofSeconds(10);

    /** One more each ten seconds. */
    private static final Rate STEADY = new Rate("steady", 10, Duration.ofSeconds(100));

    private static RedisServer redis;
    private static List<LaneFixture> fixtures;
    private static List<SharedLimiter> gateways;
    private static RedisClock clock;

    private long now;

    /** How the clock moves before a call. */
    enum Move {
        ON,
        BACK,
        /** To the moment at which what was refused last passes. */
        UNTIL,
        /** A microsecond less. */
        ALMOST
    }

    /** A call. */
    record Call(Move move, long micros, int cost, int wideCost) {}

    /** What was admitted of a rate, and how long after the first call. */
    record Admission(long elapsed, long cost) {}

    @BeforeContainer
    static void start() {
        redis = RedisServer.start();
        fixtures = Stream.generate(() -> new LaneFixture(redis)).limit(3).toList();
        List<Lane> lanes = fixtures.stream().map(fixture -> fixture.lane(LaneName.LIMITS)).toList();
        Script limit = RedisClock.load("limit");
        Script carry = RedisClock.load("carry");
        gateways = lanes.stream().map(lane -> new SharedLimiter(lane, limit, carry)).toList();
        clock = new RedisClock(lanes.getFirst());
    }

    @AfterContainer
    static void stop() {
        fixtures.forEach(LaneFixture::close);
        redis.close();
    }

    @BeforeTry
    void empty() {
        redis.command("FLUSHALL");
        move(START - now);
    }

    /** A step back of the clock earns nothing: the windows of the bound are of time that passes. */
    @Property(tries = 100)
    void decidesAsTheArithmeticDoesWhateverTheClockDoes(
            @ForAll @IntRange(min = 1, max = 20) int requests,
            @ForAll @IntRange(min = 1, max = 50) int seconds,
            @ForAll @Size(min = 1, max = 80) List<@From("calls") Call> calls) {
        Counted narrow = new Counted(new Rate("narrow", requests, Duration.ofSeconds(seconds)));
        Counted wide =
                new Counted(new Rate("wide", 3L * requests, Duration.ofSeconds(7L * seconds)));
        long elapsed = 0;
        long wait = 0;
        int turn = 0;
        for (Call call : calls) {
            long by = by(call, wait);
            move(by);
            elapsed += Math.max(0, by);
            List<Charge> charges =
                    List.of(
                            new Charge(narrow.rate, call.cost),
                            new Charge(wide.rate, call.wideCost));
            Decision decision =
                    gateways.get(turn++ % gateways.size()).check("c", charges, Optional.empty());

            long first = narrow.waitFor(call.cost, now);
            long second = wide.waitFor(call.wideCost, now);
            boolean admitted = first == 0 && second == 0;
            if (admitted) {
                narrow.admit(call.cost, now, elapsed);
                wide.admit(call.wideCost, now, elapsed);
            }
            assertThat(decision.allowed()).isEqualTo(admitted);
            assertThat(decision.standings())
                    .containsExactly(narrow.standing(first, now), wide.standing(second, now));
            wait = Math.max(first, second);
        }
        narrow.assertBound();
        wide.assertBound();
    }

    @Example
    void reachesTheBoundWhenAskedWithoutPause() {
        Rate odd = new Rate("odd", 7, Duration.ofSeconds(1));
        long window = 3_000_000;
        long pause = 10_000;
        long admitted = 0;
        for (long passed = 0; passed <= window; passed += pause) {
            admitted += check(odd, 1).allowed() ? 1 : 0;
            move(pause);
        }
        assertThat(admitted).isEqualTo(7 + window / odd.interval());
    }

    @Example
    void carriesWhatWasAdmittedElsewhereOnTopOfWhatEitherSideKnew() {
        check(STEADY, 3);
        move(15_000_000);
        carry(20_000_000, 10_000_000);
        assertOwed(15 + 20);
        carry(10_000_000, 40_000_000);
        assertOwed(40 + 10);
        move(60_000_000);
        carry(30_000_000, 0);
        assertOwed(30);
    }

    @Example
    void letsNobodyOweMoreThanASpentBurstHoweverOftenItIsCarried() {
        check(STEADY, 8);
        carry(30_000_000, 70_000_000);
        assertOwed(100);
        carry(30_000_000, 70_000_000);
        assertOwed(100);
        move(-Duration.ofDays(1).toMillis() * 1_000);
        carry(10_000_000, 0);
        assertOwed(100);
        Standing spent = check(STEADY, 1).standings().getFirst();
        assertThat(spent.retryAfter()).contains(TEN);
        move(10_000_000);
        assertThat(check(STEADY, 1).allowed()).isTrue();
    }

    @Provide
    Arbitrary<Call> calls() {
        Arbitrary<Long> micros =
                Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(0L)),
                        Tuple.of(4, Arbitraries.longs().between(1, 3_000_000)),
                        Tuple.of(1, Arbitraries.longs().between(1, 400_000_000)));
        Arbitrary<Integer> costs =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(1)),
                        Tuple.of(2, Arbitraries.just(0)),
                        Tuple.of(3, Arbitraries.integers().between(2, 8)),
                        Tuple.of(1, Arbitraries.integers().between(9, 70)));
        Arbitrary<Move> moves =
                Arbitraries.frequency(
                        Tuple.of(6, Move.ON),
                        Tuple.of(1, Move.BACK),
                        Tuple.of(2, Move.UNTIL),
                        Tuple.of(2, Move.ALMOST));
        return Combinators.combine(moves, micros, costs, costs).as(Call::new);
    }

    private static long by(Call call, long wait) {
        return switch (call.move) {
            case ON -> call.micros;
            case BACK -> -call.micros;
            case UNTIL -> Math.max(0, wait);
            case ALMOST -> Math.max(0, wait - 1);
        };
    }

    private void move(long micros) {
        now += micros;
        clock.set(now);
    }

    private static Decision check(Rate rate, long cost) {
        return gateways.getFirst().check("c", List.of(new Charge(rate, cost)), Optional.empty());
    }

    private static void carry(long owed, long seen) {
        List<Debt.OfRate> debts = List.of(new Debt.OfRate(STEADY, owed, seen));
        gateways.getLast().carry("c", new Debt(debts, List.of()));
    }

    /** Of the steady rate, in seconds. */
    private static void assertOwed(long seconds) {
        Standing standing = check(STEADY, 0).standings().getFirst();
        assertThat(standing.remaining()).isEqualTo((100 - seconds) / 10);
        long rest = seconds % 10;
        assertThat(standing.untilMore()).isEqualTo(rest == 0 ? TEN : Duration.ofSeconds(rest));
    }

    /** A rate as the arithmetic has it. */
    private static final class Counted {
        private final Rate rate;
        private final Gcra gcra;
        private final List<Admission> admissions = new ArrayList<>();
        private long stored;

        Counted(Rate rate) {
            this.rate = rate;
            this.gcra = new Gcra(rate.interval(), rate.requests(), rate.requests());
        }

        /** A clamp is kept, also by who only looks. */
        long waitFor(long cost, long now) {
            long tat = gcra.clamp(stored, now);
            stored = Math.min(stored, tat);
            return gcra.waitFor(cost, tat, now);
        }

        void admit(long cost, long now, long elapsed) {
            if (cost > 0) {
                stored = gcra.after(gcra.clamp(stored, now), cost);
                admissions.add(new Admission(elapsed, cost));
            }
        }

        Standing standing(long wait, long now) {
            long tat = gcra.clamp(stored, now);
            return new Standing(
                    rate,
                    gcra.remaining(tat, now),
                    Duration.of(gcra.untilMore(tat, now), ChronoUnit.MICROS),
                    wait != 0,
                    false,
                    wait == Gcra.NEVER
                            ? Optional.empty()
                            : Optional.of(Duration.of(wait, ChronoUnit.MICROS)));
        }

        /** Within any time of length d, at most burst + d / interval. */
        void assertBound() {
            for (int from = 0; from < admissions.size(); from++) {
                long sum = 0;
                for (Admission last : admissions.subList(from, admissions.size())) {
                    sum += last.cost;
                    long window = last.elapsed - admissions.get(from).elapsed;
                    assertThat(sum).isLessThanOrEqualTo(gcra.burst() + window / gcra.interval());
                }
            }
        }
    }
}
