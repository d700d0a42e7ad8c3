package io.trekpoint.lanes.job;

import java.util.OptionalInt;

/**
 * Why a job failed.
 *
 * @param code a stable word such as {@code MALFORMED}
 * @param message one sentence for people; never the input's content
 * @param line 1-based line of the input, where there is one
 * @param column 1-based column, where there is one
 * @param retryable whether the same input may succeed another time
 */
public record JobFailure(
        String code, String message, OptionalInt line, OptionalInt column, boolean retryable) {}
