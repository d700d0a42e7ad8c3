package io.trekpoint.control.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.job.JobFailure;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter: all that is known of it but the bytes of its input.
 *
 * @param id the job
 * @param client whose it is
 * @param tier the client's tier when it was submitted
 * @param type the job type
 * @param parameters what it was asked to do: a JSON object, or the text that stands where one
 *     should
 * @param attempts how many times a worker has taken it
 * @param maxAttempts how many times one might
 * @param inputBytes the length of its input as sent
 * @param createdAt when it was accepted
 * @param startedAt when a worker first took it
 * @param finishedAt when its last attempt ended
 * @param expiresAt when it is deleted
 * @param failure why its last attempt failed
 * @param log what its attempts have told, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterView(
        String id,
        String client,
        String tier,
        String type,
        JsonNode parameters,
        int attempts,
        int maxAttempts,
        long inputBytes,
        Instant createdAt,
        @Nullable Instant startedAt,
        Instant finishedAt,
        Instant expiresAt,
        Failure failure,
        List<String> log) {

    /**
     * Why an attempt failed.
     *
     * @param code a stable word
     * @param message one sentence
     * @param line 1-based line of the input, where there is one
     * @param column 1-based column, where there is one
     * @param retryable whether the same input may succeed another time
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            String code,
            String message,
            @Nullable Integer line,
            @Nullable Integer column,
            boolean retryable) {

        static Failure of(JobFailure failure) {
            return new Failure(
                    failure.code(),
                    failure.message(),
                    boxed(failure.line()),
                    boxed(failure.column()),
                    failure.retryable());
        }

        private static @Nullable Integer boxed(OptionalInt position) {
            return position.isPresent() ? position.getAsInt() : null;
        }
    }

    static DeadLetterView of(
            JobRecord job, JobState.Failed end, JsonNode parameters, List<String> log) {
        return new DeadLetterView(
                job.id().text(),
                job.client(),
                job.tier(),
                job.type(),
                parameters,
                job.attempt(),
                job.maxAttempts(),
                job.inputBytes(),
                job.createdAt(),
                end.startedAt().orElse(null),
                end.finishedAt(),
                end.expiresAt(),
                Failure.of(end.failure()),
                log);
    }
}
