package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import io.trekpoint.lanes.limit.Limit.Rate;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReservationsTest {
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 3);
    private static final Rate DAY = new Rate("day", 100, Duration.ofDays(1));
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(5);

    private static RedisServer redis;
    private static LaneFixture fixture;
    private static SharedLimiter limiter;
    private static Lane lane;
    private Reservations reservations;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        lane = fixture.lane(LaneName.LIMITS);
        limiter = new SharedLimiter(lane);
    }

    @AfterAll
    static void stop() {
        fixture.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.command("FLUSHALL");
        reservations = new Reservations(lane, InstantSource.system());
    }

    @Test
    void chargesRequestsWithOneKeyOnce() {
        Reservation first = reserve("0-a", "key");
        Reservation second = reserve("0-b", "key");
        assertThat(first).isEqualTo(new Reservation("0-a", true));
        assertThat(second).isEqualTo(new Reservation("0-a", false));
        assertThat(left()).isEqualTo(2);
        assertThat(reserve("0-c", "another").fresh()).isTrue();
        assertThat(left()).isEqualTo(1);
    }

    @Test
    void letsARetryThroughASpentQuota() {
        reserve("0-a", "key");
        reserve("0-b", null);
        reserve("0-c", null);
        assertThat(decide("0-d", null, LONG).allowed()).isFalse();
        Decision retry = decide("0-e", "key", LONG);
        assertThat(retry.allowed()).isTrue();
        assertThat(retry.violated()).isEmpty();
        assertThat(left()).isZero();
    }

    @Test
    void letsARetryThroughASpentQuotaAlsoWhenItsJobHasEnded() {
        reserve("0-a", "key");
        reservations.settle("c", "0-a", false);
        reserve("0-b", null);
        reserve("0-c", null);
        assertThat(decide("0-d", "key", LONG).allowed()).isTrue();
        assertThat(left()).isZero();
    }

    @Test
    void chargesTheRatesOfARetry() {
        reserve("0-a", "key");
        reserve("0-b", "key");
        Decision look = limiter.check("c", List.of(new Charge(DAY, 0)), Optional.empty());
        assertThat(look.standings().getFirst().remaining()).isEqualTo(98);
    }

    @Test
    void givesBackOnce() {
        reserve("0-a", null);
        reserve("0-b", null);
        assertThat(reservations.settle("c", "0-a", true)).isTrue();
        assertThat(reservations.settle("c", "0-a", true)).isFalse();
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void givesBackIntoTheMonthItWasReservedIn() {
        Decision made = decide("0-a", null, LONG);
        YearMonth before = made.month().minusMonths(1);
        String key = LimitKeys.quota("c", "exports");
        redis.command("HSET trek:{limits:c}:reservation:0-a month " + before);
        redis.command("HSET " + key + " " + before + " 2");
        reservations.settle("c", "0-a", true);
        assertThat(redis.command("HINCRBY " + key + " " + before + " 0")).isEqualTo(":1");
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void keepsWhatIsKept() {
        reserve("0-a", null);
        assertThat(reservations.settle("c", "0-a", false)).isTrue();
        assertThat(reservations.settle("c", "0-a", true)).isFalse();
        assertThat(left()).isEqualTo(2);
        assertThat(redis.command("EXISTS trek:{limits:c}:due")).isEqualTo(":0");
    }

    @Test
    void releasesWhatWasRefusedAndLetsARetryPayAnew() {
        Reservation refused = reserve("0-a", "key");
        assertThat(reservations.release("c", refused)).isTrue();
        assertThat(left()).isEqualTo(3);
        assertThat(reserve("0-b", "key")).isEqualTo(new Reservation("0-b", true));
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void doesNotReleaseWhatARetryHasComeWithSince() {
        Reservation slow = reserve("0-a", "key");
        reserve("0-b", "key");
        assertThat(reservations.release("c", slow)).isFalse();
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void findsWhatIsOverdueAndNothingElse() {
        reservations.note("c");
        decide("0-a", "key", NOW);
        decide("0-b", null, LONG);
        assertThat(overdue())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.name()).isEqualTo("0-a");
                    assertThat(found.last()).isEqualTo("0-a");
                    assertThat(found.key()).contains("key");
                });
    }

    @Test
    void releasesAnOverdueOneUnlessARetryHasComeSinceItWasFound() {
        reservations.note("c");
        decide("0-a", "key", NOW);
        Reservations.Overdue found = overdue().getFirst();
        decide("0-b", "key", LONG);
        assertThat(reservations.release(found)).isFalse();
        assertThat(left()).isEqualTo(2);
        assertThat(overdue()).isEmpty();
    }

    @Test
    void looksAgainLater() {
        reservations.note("c");
        decide("0-a", null, NOW);
        reservations.lookAgain(overdue().getFirst(), "0-a", LONG);
        assertThat(overdue()).isEmpty();
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void asksForTheJobItPaysForOnceThatIsKnown() {
        reservations.note("c");
        decide("0-a", "key", NOW);
        decide("0-b", "key", NOW);
        decide("0-c", "key", NOW);
        assertThat(overdue().getFirst().jobs()).containsExactly("0-a", "0-c");
        reservations.lookAgain(overdue().getFirst(), "0-b", NOW);
        decide("0-d", "key", NOW);
        assertThat(overdue().getFirst().jobs()).containsExactly("0-b");
    }

    @Test
    void bringsNoReservationBackByLookingAgain() {
        reservations.note("c");
        decide("0-a", "key", NOW);
        Reservations.Overdue found = overdue().getFirst();
        reservations.settle("c", "0-a", false);
        reservations.lookAgain(found, "0-a", NOW);
        assertThat(overdue()).isEmpty();
        assertThat(redis.command("EXISTS trek:{limits:c}:reservation:0-a")).isEqualTo(":0");
    }

    @Test
    void looksInTimeAtWhatIsRepeatedAgainAndAgain() {
        reservations.note("c");
        decide("0-a", "key", NOW);
        decide("0-b", "key", LONG);
        assertThat(overdue())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.last()).isEqualTo("0-b");
                    assertThat(reservations.release(found)).isFalse();
                });
        assertThat(overdue()).isEmpty();
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void strikesClientsOutWhoHaveHadNoneForAnHour() {
        Instant longAgo = Instant.now().minus(Duration.ofHours(2));
        Reservations then = new Reservations(lane, () -> longAgo);
        then.note("c");
        // More than are looked at at once.
        for (int n = 0; n < 600; n++) {
            then.note("old-" + n);
        }
        decide("0-a", null, LONG);
        reservations.note("new");
        overdue();
        assertThat(redis.command("ZCARD " + LimitKeys.reserving())).isEqualTo(":2");
    }

    @Test
    void keepsEveryKeyOfAReservationUnderTheTagOfItsClient() {
        reserve("0-a", "a \"key\" of any: characters {x}");
        assertThat(redis.command("EVAL \"return #redis.call('KEYS','trek:{limits:c}:*')\" 0"))
                .isEqualTo(redis.command("DBSIZE"));
    }

    private Reservation reserve(String job, String key) {
        return decide(job, key, LONG).reservation().orElseThrow();
    }

    private static Decision decide(String job, String key, Duration patience) {
        return limiter.check(
                "c",
                List.of(new Charge(DAY, 1), new Charge(EXPORTS, 1)),
                Optional.of(new JobToCome(job, Optional.ofNullable(key), patience, LONG)));
    }

    private static long left() {
        return limiter.check("c", List.of(new Charge(EXPORTS, 0)), Optional.empty())
                .standings()
                .getFirst()
                .remaining();
    }

    private List<Reservations.Overdue> overdue() {
        List<Reservations.Overdue> found = new ArrayList<>();
        reservations.sweep(found::add);
        return found;
    }
}
