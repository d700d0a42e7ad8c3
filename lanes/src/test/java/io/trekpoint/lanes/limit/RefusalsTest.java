package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trekpoint.lanes.limit.Decision.Outcome;
import io.trekpoint.lanes.limit.Decision.Source;
import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import io.trekpoint.lanes.limit.Limit.Rate;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** For which requests a refusal holds that the shared count has given to another. */
class RefusalsTest {
    private static final Rate BURST = new Rate("burst", 20, Duration.ofSeconds(1));
    private static final Rate HOUR = new Rate("hour", 1_000, Duration.ofHours(1));
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 10);
    private static final int MOST = 20_000;

    private static final List<Charge> READ = List.of(new Charge(BURST, 1), new Charge(HOUR, 1));
    private static final List<Charge> EXPORT =
            List.of(new Charge(BURST, 1), new Charge(HOUR, 1), new Charge(EXPORTS, 1));

    private final AtomicLong nanos = new AtomicLong();
    private final Refusals refusals = new Refusals(nanos::get);

    @Test
    void holdsForWhateverElseIsCharged() {
        refusals.remember("c", READ, refused(ok(BURST), spent(HOUR, 3_000)));
        advance(1_000);
        Decision export = refusals.recall("c", EXPORT).orElseThrow();
        assertThat(export.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(export.source()).isEqualTo(Source.REMEMBERED);
        assertThat(export.violated()).containsExactly("hour");
        assertThat(export.standings()).extracting(Standing::limit).containsExactly(BURST, HOUR);
        assertThat(export.standings().getLast().retryAfter()).contains(Duration.ofSeconds(2));
    }

    @Test
    void holdsForLessThanWasChargedThen() {
        refusals.remember("c", EXPORT, refused(ok(BURST), spent(HOUR, 3_000), ok(EXPORTS)));
        assertThat(refusals.recall("c", READ).orElseThrow().violated()).containsExactly("hour");
    }

    @Test
    void namesNoLimitWhoseTimeHasCome() {
        refusals.remember("c", READ, refused(spent(BURST, 50), spent(HOUR, 3_000)));
        assertThat(refusals.recall("c", READ).orElseThrow().violated())
                .containsExactly("burst", "hour");
        advance(60);
        assertThat(refusals.recall("c", READ).orElseThrow().violated()).containsExactly("hour");
        assertThat(refusals.recall("c", List.of(new Charge(BURST, 1)))).isEmpty();
    }

    @Test
    void makesWhatCostsMoreWaitLonger() {
        refusals.remember("c", READ, refused(ok(BURST), spent(HOUR, 3_000)));
        assertThat(waitFor(5)).contains(Duration.ofMillis(3_000 + 4 * 3_600));
        assertThat(waitFor(1_001)).isEmpty();
        assertThat(refusals.recall("c", List.of(new Charge(HOUR, 0)))).isEmpty();
    }

    @Test
    void asksAnewWhereAQuotaAloneRefuses() {
        refusals.remember("c", EXPORT, refused(ok(BURST), ok(HOUR), spent(EXPORTS, 3_000)));
        assertThat(refusals.recall("c", EXPORT)).isEmpty();
        refusals.remember(
                "c", EXPORT, refused(ok(BURST), spent(HOUR, 3_000), spent(EXPORTS, 9_000)));
        advance(3_000);
        assertThat(refusals.recall("c", EXPORT)).isEmpty();
    }

    @Test
    void asksAnewOnceALimitOrItsTermsAreOthers() {
        refusals.remember("c", READ, refused(ok(BURST), spent(HOUR, 3_000)));
        Rate larger = new Rate("hour", 2_000, Duration.ofHours(1));
        assertThat(refusals.recall("c", List.of(new Charge(larger, 1)))).isEmpty();
        Terms watched = new Terms(Terms.Enforcement.WATCHED, Terms.WithoutRedis.LOCAL);
        assertThat(refusals.recall("c", List.of(new Charge(HOUR, 1, watched)))).isEmpty();
    }

    @Test
    void remembersNoMoreThanItHasRoomForUntilSomeAreOver() {
        rememberOthers(0, MOST, 3_000);
        refusals.remember("c", READ, refused(ok(BURST), spent(HOUR, 9_000)));
        assertThat(refusals.recall("c", READ)).isEmpty();
        advance(3_000);
        refusals.remember("c", READ, refused(ok(BURST), spent(HOUR, 9_000)));
        assertThat(refusals.recall("c", READ)).isPresent();
    }

    /** Each of them used to look through all that are remembered, which takes a minute here. */
    @Test
    void isNoSlowerWithMoreClientsThanItHasRoomFor() {
        rememberOthers(0, MOST, 3_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> rememberOthers(MOST, 300_000, 3_000));
    }

    private void rememberOthers(int from, int count, long waitMillis) {
        Decision decision = refused(ok(BURST), spent(HOUR, waitMillis));
        for (int i = from; i < from + count; i++) {
            refusals.remember("client-" + i, READ, decision);
        }
    }

    private Optional<Duration> waitFor(long cost) {
        return refusals.recall("c", List.of(new Charge(HOUR, cost)))
                .flatMap(it -> it.standings().getFirst().retryAfter());
    }

    private void advance(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private static Decision refused(Standing... standings) {
        return new Decision(
                Outcome.REFUSED,
                List.of(standings),
                YearMonth.of(2026, 11),
                Source.REDIS,
                Optional.empty());
    }

    private static Standing ok(Limit limit) {
        return new Standing(limit, 5, Duration.ZERO, false, false, Optional.of(Duration.ZERO));
    }

    private static Standing spent(Limit limit, long waitMillis) {
        Duration wait = Duration.ofMillis(waitMillis);
        return new Standing(limit, 0, wait, true, false, Optional.of(wait));
    }
}
