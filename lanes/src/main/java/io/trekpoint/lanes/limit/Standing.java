package io.trekpoint.lanes.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a client stands with one limit after a decision.
 *
 * @param limit the limit as it was applied
 * @param remaining how much could be taken at once now; never negative
 * @param untilMore time until {@code remaining} grows; zero when nothing is taken
 * @param violated whether this limit refused its charge, or would have, where it is only watched
 * @param watched whether it only is watched
 * @param retryAfter time until it would admit the same charge, never shorter than {@code
 *     untilMore}; zero when it did not refuse; empty when no wait helps, because the charge is more
 *     than the limit ever holds
 */
public record Standing(
        Limit limit,
        long remaining,
        Duration untilMore,
        boolean violated,
        boolean watched,
        Optional<Duration> retryAfter) {}
