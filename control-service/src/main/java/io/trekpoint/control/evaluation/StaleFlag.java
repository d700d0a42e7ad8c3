package io.trekpoint.control.evaluation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag that could go.
 *
 * @param key its key
 * @param owner whom to ask; absent where it does not say
 * @param why {@code never-evaluated}, {@code not-evaluated} for as long as was asked about, {@code
 *     constant} for as long, or {@code overdue}
 * @param lastEvaluatedAt absent where nobody was seen to evaluate it
 * @param constantSince since when every answer was of one variant; absent likewise
 * @param variant that variant; absent where the answers had none
 * @param expires the day from which on it should be gone; absent where it does not say
 */
public record StaleFlag(
        String key,
        @Nullable String owner,
        List<String> why,
        @Nullable Instant lastEvaluatedAt,
        @Nullable Instant constantSince,
        @Nullable String variant,
        @Nullable LocalDate expires) {}
