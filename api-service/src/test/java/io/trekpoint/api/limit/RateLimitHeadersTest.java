package io.trekpoint.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import io.trekpoint.lanes.limit.Limit.Rate;
import io.trekpoint.lanes.limit.LimitItem;
import io.trekpoint.lanes.limit.Standing;
import java.time.Duration;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitHeadersTest {
    private static final Rate BURST = new Rate("burst", 20, Duration.ofSeconds(1));
    private static final Rate HOUR = new Rate("hour", 1000, Duration.ofHours(1));
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 50);

    @Test
    void namesEveryPolicyAndReportsTheOneSlowestToGiveMore() {
        assertThat(headers(passed(BURST, 19, 50), passed(HOUR, 998, 3_600)))
                .containsExactly(
                        Map.entry("RateLimit-Policy", "\"burst\";q=20;w=1,\"hour\";q=1000;w=3600"),
                        Map.entry("RateLimit", "\"hour\";r=998;t=4"));
    }

    @Test
    void reportsALimitWithNothingLeftBeforeASlowerOne() {
        assertThat(headers(passed(HOUR, 0, 3_600), passed(EXPORTS, 12, 86_400_000)))
                .containsEntry("RateLimit", "\"hour\";r=0;t=4")
                .doesNotContainKey("Retry-After");
    }

    @Test
    void reportsTheLimitThatRefusedForLongest() {
        assertThat(
                        headers(
                                refused(BURST, 0, 30, 30),
                                refused(HOUR, 2, 1_200, 8_400),
                                passed(EXPORTS, 0, 86_400_000)))
                .containsEntry("RateLimit", "\"hour\";r=2;t=2")
                .containsEntry("Retry-After", "9");
    }

    @Test
    void writesAMonthWithoutAWindow() {
        assertThat(headers(refused(EXPORTS, 0, 3_600_001, 3_600_001)))
                .containsEntry("RateLimit-Policy", "\"exports\";q=50")
                .containsEntry("RateLimit", "\"exports\";r=0;t=3601")
                .containsEntry("Retry-After", "3601");
    }

    @Test
    void promisesNoTimeToAChargeThatNoWaitHelps() {
        Standing never = new Standing(BURST, 20, Duration.ZERO, true, false, Optional.empty());
        assertThat(headers(never, refused(HOUR, 0, 3_600, 3_600)))
                .containsEntry("RateLimit", "\"burst\";r=20;t=0")
                .doesNotContainKey("Retry-After");
    }

    @Test
    void saysNothingOfALimitThatIsOnlyWatched() {
        Standing watched =
                new Standing(BURST, 0, Duration.ofSeconds(1), true, true, Optional.empty());
        Standing hour = passed(HOUR, 9, 3_600);
        Decision admitted =
                new Decision(
                        Decision.Outcome.ADMITTED,
                        List.of(watched, hour),
                        YearMonth.of(2026, 11),
                        Decision.Source.REDIS,
                        Optional.empty());
        Map<String, String> headers = new LinkedHashMap<>();
        RateLimitHeaders.of(admitted).orElseThrow().writeTo(headers::put);
        assertThat(headers)
                .containsOnlyKeys("RateLimit-Policy", "RateLimit")
                .allSatisfy((_, value) -> assertThat(value).startsWith("\"hour\""));
    }

    @Test
    void isReadByAParserOfStructuredFields() {
        Map<String, String> headers =
                headers(
                        passed(BURST, 19, 50),
                        refused(HOUR, 2, 1_200, 8_400),
                        passed(EXPORTS, 12, 86_400_000));

        assertThat(LimitItem.list(headers.get("RateLimit-Policy")))
                .containsExactly(
                        new LimitItem("burst", Map.of("q", 20L, "w", 1L)),
                        new LimitItem("hour", Map.of("q", 1000L, "w", 3_600L)),
                        new LimitItem("exports", Map.of("q", 50L)));
        assertThat(LimitItem.list(headers.get("RateLimit")))
                .containsExactly(new LimitItem("hour", Map.of("r", 2L, "t", 2L)));
    }

    /** A structured integer has at most 15 digits. */
    @Test
    void isReadAlsoWhereNumbersAreAsLargeAsTheyGet() {
        Map<String, String> headers =
                headers(
                        passed(new Rate("hour", 100_000_000, Duration.ofHours(1)), 99_999_999, 1),
                        passed(
                                new MonthlyQuota("exports", 1_000_000_000),
                                999_999_999,
                                2_678_400_000L));

        assertThat(LimitItem.list(headers.get("RateLimit-Policy")))
                .containsExactly(
                        new LimitItem("hour", Map.of("q", 100_000_000L, "w", 3_600L)),
                        new LimitItem("exports", Map.of("q", 1_000_000_000L)));
        assertThat(LimitItem.list(headers.get("RateLimit")))
                .containsExactly(
                        new LimitItem("exports", Map.of("r", 999_999_999L, "t", 2_678_400L)));
    }

    @Test
    void saysNothingWhereNoLimitApplied() {
        assertThat(RateLimitHeaders.of(decision(List.of()))).isEmpty();
    }

    private static Map<String, String> headers(Standing... standings) {
        Map<String, String> headers = new LinkedHashMap<>();
        RateLimitHeaders.of(decision(List.of(standings))).orElseThrow().writeTo(headers::put);
        assertThat(LimitItem.list(headers.get("RateLimit-Policy"))).hasSize(standings.length);
        assertThat(LimitItem.list(headers.get("RateLimit"))).hasSize(1);
        return headers;
    }

    private static Decision decision(List<Standing> standings) {
        boolean refused = standings.stream().anyMatch(Standing::violated);
        return new Decision(
                refused ? Decision.Outcome.REFUSED : Decision.Outcome.ADMITTED,
                standings,
                YearMonth.of(2026, 11),
                Decision.Source.REDIS,
                Optional.empty());
    }

    private static Standing passed(Limit limit, long remaining, long untilMoreMillis) {
        return new Standing(
                limit,
                remaining,
                Duration.ofMillis(untilMoreMillis),
                false,
                false,
                Optional.of(Duration.ZERO));
    }

    private static Standing refused(
            Limit limit, long remaining, long untilMoreMillis, long retryMillis) {
        return new Standing(
                limit,
                remaining,
                Duration.ofMillis(untilMoreMillis),
                true,
                false,
                Optional.of(Duration.ofMillis(retryMillis)));
    }
}
