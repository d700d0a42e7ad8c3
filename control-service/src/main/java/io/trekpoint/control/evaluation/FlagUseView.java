package io.trekpoint.control.evaluation;

import io.trekpoint.lanes.evaluation.FlagUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a flag is used.
 *
 * @param key its key
 * @param lastEvaluatedAt absent where nobody was seen to evaluate it
 * @param variant of its latest answers; absent where they had none
 * @param constantSince since when every answer was of that variant
 * @param evaluatedBy who evaluated it, the latest first
 * @param counts how often in the last seven days
 */
public record FlagUseView(
        String key,
        @Nullable Instant lastEvaluatedAt,
        @Nullable String variant,
        @Nullable Instant constantSince,
        List<Evaluator> evaluatedBy,
        List<Count> counts) {

    /**
     * Somebody who evaluated the flag.
     *
     * @param name of a service, or of a client of this one
     * @param clientId the client's id; absent for a service
     * @param lastAt when last
     */
    public record Evaluator(String name, @Nullable String clientId, Instant lastAt) {}

    /**
     * How often it was answered so.
     *
     * @param reason as OpenFeature names it
     * @param variant absent where there was none
     * @param count at least 1
     */
    public record Count(String reason, @Nullable String variant, long count) {
        static Count of(Map.Entry<String, Long> counted) {
            String[] parts = counted.getKey().split(" ", 2);
            return new Count(parts[0], orAbsent(parts[1]), counted.getValue());
        }
    }

    static FlagUseView of(
            String key, @Nullable FlagUse use, List<Evaluator> evaluators, List<Count> counts) {
        return use == null
                ? new FlagUseView(key, null, null, null, evaluators, counts)
                : new FlagUseView(
                        key, use.last(), orAbsent(use.variant()), use.since(), evaluators, counts);
    }

    private static @Nullable String orAbsent(String text) {
        return text.isEmpty() ? null : text;
    }
}
