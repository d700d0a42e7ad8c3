package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import io.trekpoint.lanes.limit.Limit.Rate;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedLimiterTest {
    /** So slow that nothing is earned back while a test runs. */
    private static final Rate DAY = new Rate("day", 100, Duration.ofDays(1));

    private static final Rate SECOND = new Rate("second", 50, Duration.ofSeconds(1));
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 40);
    private static final String CLIENT = "c1";

    private static RedisServer redis;
    private static LaneFixture fixture;
    private static Lane lane;
    private static SharedLimiter limiter;

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
    }

    @Test
    void admitsExactlyTheBurstUnderConcurrency() throws Exception {
        assertThat(admittedOf(400, List.of(new Charge(DAY, 1)))).isEqualTo(100);
    }

    @Test
    void countsNothingWhenOneOfSeveralLimitsRefuses() throws Exception {
        List<Charge> both = List.of(new Charge(DAY, 1), new Charge(EXPORTS, 1));
        assertThat(admittedOf(200, both)).isEqualTo(40);
        Decision after = limiter.check(CLIENT, both, Optional.empty());
        assertThat(after.outcome()).isEqualTo(Decision.Outcome.REFUSED);
        assertThat(after.violated()).containsExactly("exports");
        assertThat(after.standings().get(0).remaining()).isEqualTo(60);
        assertThat(after.standings().get(0).retryAfter()).contains(Duration.ZERO);
        assertThat(after.standings().get(1).remaining()).isZero();
    }

    @Test
    void looksWithoutTaking() {
        check(DAY, 3);
        for (int i = 0; i < 5; i++) {
            Standing standing = check(DAY, 0).standings().getFirst();
            assertThat(standing.remaining()).isEqualTo(97);
        }
        assertThat(check(new Rate("never-used", 5, Duration.ofSeconds(5)), 0).standings())
                .singleElement()
                .extracting(Standing::remaining, Standing::untilMore)
                .containsExactly(5L, Duration.ZERO);
        assertThat(ask(Command.HEXISTS, LimitKeys.rates(CLIENT), "never-used").toLong()).isZero();
    }

    @Test
    void neverRefusesALook() {
        check(EXPORTS, 40);
        assertThat(check(EXPORTS, 0).allowed()).isTrue();
        assertThat(check(new MonthlyQuota("exports", 10), 0).allowed()).isTrue();
    }

    @Test
    void saysWhenMoreMayBeHadAndWhenTheChargePasses() {
        check(DAY, 100);
        Standing standing = check(DAY, 2).standings().getFirst();
        Duration interval = Duration.ofSeconds(864);
        assertThat(standing.violated()).isTrue();
        assertThat(standing.untilMore()).isCloseTo(interval, Duration.ofSeconds(5));
        assertThat(standing.retryAfter().orElseThrow())
                .isCloseTo(interval.multipliedBy(2), Duration.ofSeconds(5))
                .isGreaterThan(standing.untilMore());
    }

    @Test
    void saysThatNoWaitHelpsWhatIsMoreThanTheLimitHolds() {
        assertThat(check(DAY, 101).standings().getFirst().retryAfter()).isEmpty();
        assertThat(check(EXPORTS, 41).standings().getFirst().retryAfter()).isEmpty();
        assertThat(check(new MonthlyQuota("none", 0), 1).standings().getFirst().retryAfter())
                .isEmpty();
    }

    @Test
    void appliesALoweredQuotaToWhatWasAlreadyCounted() {
        check(EXPORTS, 20);
        Decision lowered = check(new MonthlyQuota("exports", 15), 1);
        assertThat(lowered.allowed()).isFalse();
        assertThat(lowered.standings().getFirst().remaining()).isZero();
        assertThat(check(EXPORTS, 1).standings().getFirst().remaining()).isEqualTo(19);
    }

    @Test
    void countsAQuotaInTheMonthOfRedis() {
        Decision decision = check(EXPORTS, 1);
        Instant reset = Instant.now().plus(decision.standings().getFirst().untilMore());
        Instant nextMonth =
                decision.month().plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        assertThat(reset).isCloseTo(nextMonth, within(5, ChronoUnit.SECONDS));
        String key = LimitKeys.quota(CLIENT, "exports");
        assertThat(ask(Command.HGET, key, decision.month().toString()).toString()).isEqualTo("1");
        assertThat(ask(Command.PEXPIRETIME, key).toLong())
                .isEqualTo(nextMonth.plus(Duration.ofDays(31)).toEpochMilli());
    }

    @Test
    void dropsMonthsThatNoRefundCanReachAnyMore() {
        String key = LimitKeys.quota(CLIENT, "exports");
        ask(Command.HSET, key, "2001-01", "7");
        check(EXPORTS, 1);
        assertThat(ask(Command.HEXISTS, key, "2001-01").toLong()).isZero();
    }

    @Test
    void keepsAHashForAsLongAsAnyOfItsRatesIsOwed() {
        Instant before = Instant.now();
        check(DAY, 50);
        check(SECOND, 1);
        long day = 50L * 864_000;
        assertThat(ask(Command.PEXPIRETIME, LimitKeys.rates(CLIENT)).toLong())
                .isBetween(
                        before.toEpochMilli() + day, Instant.now().toEpochMilli() + day + 20_000);
    }

    @Test
    void neverLetsAHashExpireBeforeWhatItHolds() {
        for (int cost = 0; cost < 10; cost++) {
            check(cost % 2 == 0 ? DAY : SECOND, cost);
            Response rates = ask(Command.HVALS, LimitKeys.rates(CLIENT));
            long expiry = ask(Command.PEXPIRETIME, LimitKeys.rates(CLIENT)).toLong();
            assertThat(rates)
                    .allSatisfy(tat -> assertThat(tat.toLong()).isLessThan(expiry * 1_000));
        }
    }

    @Test
    void leavesTheExpiryWhereItIsWhileItSuffices() {
        check(DAY, 1);
        long first = ask(Command.PEXPIRETIME, LimitKeys.rates(CLIENT)).toLong();
        ask(Command.PEXPIREAT, LimitKeys.rates(CLIENT), first + 1);
        check(SECOND, 1);
        assertThat(ask(Command.PEXPIRETIME, LimitKeys.rates(CLIENT)).toLong()).isEqualTo(first + 1);
        check(DAY, 30);
        assertThat(ask(Command.PEXPIRETIME, LimitKeys.rates(CLIENT)).toLong())
                .isGreaterThan(first + 10_000);
    }

    @Test
    void storesWholeMicroseconds() {
        check(SECOND, 1);
        assertThat(ask(Command.HGET, LimitKeys.rates(CLIENT), "second").toString())
                .matches("\\d{16}");
    }

    @Test
    void countsTheLargestQuotaInWholeNumbers() {
        MonthlyQuota huge = new MonthlyQuota("huge", 1_000_000_000_000L);
        Decision first = check(huge, 999_999_999);
        Decision second = check(huge, 1);
        assertThat(first.standings().getFirst().remaining()).isEqualTo(999_000_000_001L);
        assertThat(second.standings().getFirst().remaining()).isEqualTo(999_000_000_000L);
        assertThat(ask(Command.HGET, LimitKeys.quota(CLIENT, "huge"), second.month()).toString())
                .isEqualTo("1000000000");
    }

    @Test
    void persistsTheClampAfterAClockStepAlsoWhenItRefuses() {
        long tomorrow = Instant.now().plus(Duration.ofDays(1)).toEpochMilli() * 1_000;
        ask(Command.HSET, LimitKeys.rates(CLIENT), "second", tomorrow);
        Decision decision = check(SECOND, 1);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.standings().getFirst().retryAfter().orElseThrow())
                .isEqualTo(Duration.ofMillis(20));
        long stored = ask(Command.HGET, LimitKeys.rates(CLIENT), "second").toLong();
        assertThat(stored).isLessThanOrEqualTo(Instant.now().toEpochMilli() * 1_000 + 1_001_000);
        assertThat(ask(Command.PTTL, LimitKeys.rates(CLIENT)).toLong()).isPositive();
    }

    @Test
    void countsAWatchedLimitAndRefusesNothingForIt() {
        Terms watched = new Terms(Terms.Enforcement.WATCHED, Terms.WithoutRedis.LOCAL);
        List<Charge> charges =
                List.of(
                        new Charge(DAY, 1),
                        new Charge(new Rate("two", 2, Duration.ofDays(1)), 1, watched));
        for (int i = 0; i < 5; i++) {
            Decision decision = limiter.check(CLIENT, charges, Optional.empty());
            assertThat(decision.allowed()).isTrue();
            assertThat(decision.violated()).isEmpty();
            assertThat(decision.standings().get(1).violated()).isEqualTo(i >= 2);
        }
        assertThat(check(DAY, 0).standings().getFirst().remaining()).isEqualTo(95);
    }

    @Test
    void keepsEveryKeyOfAClientUnderOneTag() {
        check(DAY, 1);
        check(EXPORTS, 1);
        Response keys = ask(Command.KEYS, "*");
        assertThat(keys)
                .extracting(Response::toString)
                .allMatch(key -> key.startsWith("trek:{limits:c1}:"));
    }

    private static Decision check(Limit limit, long cost) {
        return limiter.check(CLIENT, List.of(new Charge(limit, cost)), Optional.empty());
    }

    private static long admittedOf(int calls, List<Charge> charges) throws Exception {
        List<Callable<Decision>> tasks = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            tasks.add(() -> limiter.check(CLIENT, charges, Optional.empty()));
        }
        long admitted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Decision> decision : threads.invokeAll(tasks)) {
                admitted += decision.get().allowed() ? 1 : 0;
            }
        }
        return admitted;
    }

    private static Response ask(Command command, Object... args) {
        Request request = Request.cmd(command);
        for (Object arg : args) {
            request.arg(String.valueOf(arg));
        }
        return lane.send(request, Lane.Access.WRITE);
    }
}
