package io.trekpoint.api.limit;

import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Standing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The one place that knows how limits are written in a response: {@code RateLimit-Policy} and
 * {@code RateLimit} as structured fields after draft-ietf-httpapi-ratelimit-headers, and {@code
 * Retry-After}.
 *
 * @param policy every limit that applied, in their order: {@code "burst";q=20;w=1,"exports";q=50};
 *     a calendar month has no fixed length and so no {@code w}
 * @param standing the one limit to go by: {@code "hour";r=998;t=4}, {@code t} in seconds, rounded
 *     up, until more may be had. That is a limit which refused, else one with nothing left, else
 *     the one that is slowest to give more
 * @param retryAfter seconds, rounded up, at least 1 and never less than {@code t}; empty when the
 *     request was admitted and when no wait would help it
 */
public record RateLimitHeaders(String policy, String standing, OptionalLong retryAfter) {
    private static final Comparator<Standing> TELLING =
            Comparator.comparing(Standing::violated)
                    .thenComparing(RateLimitHeaders::waitOf)
                    .thenComparing(standing -> standing.remaining() == 0)
                    .thenComparing(Standing::untilMore);
    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    /** The headers of a decision; empty when no limit applied but those that are only watched. */
    public static Optional<RateLimitHeaders> of(Decision decision) {
        List<Standing> standings =
                decision.standings().stream().filter(standing -> !standing.watched()).toList();
        return standings.stream()
                // Of equals, the first stays: it is the one declared first.
                .reduce((best, next) -> TELLING.compare(next, best) > 0 ? next : best)
                .map(telling ->
                        new RateLimitHeaders(
                                policy(standings), describe(telling), retryAfter(telling)));
    }

    /** Hands each header, name and value, to a response. */
    public void writeTo(BiConsumer<String, String> response) {
        response.accept("RateLimit-Policy", policy);
        response.accept("RateLimit", standing);
        retryAfter.ifPresent(seconds -> response.accept("Retry-After", String.valueOf(seconds)));
    }

    private static String policy(List<Standing> standings) {
        return standings.stream()
                .map(standing -> policy(standing.limit()))
                .collect(Collectors.joining(","));
    }

    private static String policy(Limit limit) {
        return switch (limit) {
            case Limit.Rate rate ->
                    quoted(rate) + ";q=" + rate.requests() + ";w=" + rate.window().toSeconds();
            case Limit.MonthlyQuota quota -> quoted(quota) + ";q=" + quota.allowance();
        };
    }

    private static String describe(Standing standing) {
        return quoted(standing.limit())
                + ";r="
                + standing.remaining()
                + ";t="
                + seconds(standing.untilMore());
    }

    /** The telling limit refused for longest, so its wait is the request's. */
    private static OptionalLong retryAfter(Standing telling) {
        if (!telling.violated() || telling.retryAfter().isEmpty()) {
            return OptionalLong.empty();
        }
        long wait = seconds(telling.retryAfter().get());
        return OptionalLong.of(Math.max(1, Math.max(wait, seconds(telling.untilMore()))));
    }

    private static Duration waitOf(Standing standing) {
        return standing.retryAfter().orElse(ENDLESS);
    }

    /** The names of limits are made of characters that a structured string takes as they are. */
    private static String quoted(Limit limit) {
        return '"' + limit.name() + '"';
    }

    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
