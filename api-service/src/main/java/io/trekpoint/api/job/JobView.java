package io.trekpoint.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.trekpoint.lanes.job.JobFailure;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A job as its client sees it.
 *
 * @param id opaque
 * @param type the job type
 * @param parameters what it was asked to do
 * @param state {@code queued}, {@code delayed}, {@code active}, {@code succeeded}, {@code failed}
 *     or {@code cancelled}
 * @param attempt how many times a worker has taken it
 * @param maxAttempts how many times one may
 * @param progress 0 to 1
 * @param cancelling true while its worker has yet to stop, after its client asked for that
 * @param createdAt when it was accepted
 * @param notBefore when it may be worked on at the earliest, where that was asked for
 * @param dueAt when it is put in line, while it is delayed
 * @param startedAt when a worker first took it
 * @param finishedAt when it ended
 * @param expiresAt when it is deleted, result and all
 * @param durability {@code confirmed}: the store has answered for it, and a replica of it too where
 *     {@code trek.jobs.durability} says so; {@code unconfirmed}: the replica has not, yet
 * @param result what the engine says about its work, with a link to the output
 * @param failure why it failed, or why its last attempt did
 * @param links where to go from here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
@Schema(
        requiredProperties = {
            "id",
            "type",
            "parameters",
            "state",
            "attempt",
            "maxAttempts",
            "progress",
            "createdAt",
            "durability",
            "links"
        })
public record JobView(
        String id,
        String type,
        JsonNode parameters,
        @Schema(enumeration = {"queued", "delayed", "active", "succeeded", "failed", "cancelled"})
                String state,
        int attempt,
        int maxAttempts,
        double progress,
        @Nullable Boolean cancelling,
        Instant createdAt,
        @Nullable Instant notBefore,
        @Nullable Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt,
        @Schema(enumeration = {"confirmed", "unconfirmed"}) String durability,
        @Nullable JsonNode result,
        @Nullable Failure failure,
        Map<String, String> links) {

    /**
     * Why a job failed.
     *
     * @param code a stable word
     * @param message one sentence
     * @param line 1-based line of the input, where there is one
     * @param column 1-based column, where there is one
     * @param retryable whether the same input may succeed another time
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    @Schema(
            name = "JobFailure",
            requiredProperties = {"code", "message", "retryable"})
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
}
