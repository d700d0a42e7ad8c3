package io.trekpoint.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.trekpoint.lanes.job.JobSummary;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A job in a list: its view without what may be long.
 *
 * @param id opaque
 * @param type the job type
 * @param state as in the job view
 * @param attempt how many times a worker has taken it
 * @param maxAttempts how many times one may
 * @param createdAt when it was accepted
 * @param startedAt when a worker first took it
 * @param finishedAt when it ended
 * @param expiresAt when it is deleted, result and all
 * @param dueAt when it is put in line, where it is delayed
 * @param failure why it failed, or why its last attempt did
 * @param links where the whole view is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
@Schema(
        requiredProperties = {
            "id",
            "type",
            "state",
            "attempt",
            "maxAttempts",
            "createdAt",
            "links"
        })
public record JobItem(
        String id,
        String type,
        String state,
        int attempt,
        int maxAttempts,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant dueAt,
        @Nullable Failure failure,
        Map<String, String> links) {

    /**
     * Why an attempt failed.
     *
     * @param code a stable word
     * @param message one sentence
     */
    @RegisterForReflection
    @Schema(
            name = "AttemptFailure",
            requiredProperties = {"code", "message"})
    public record Failure(String code, String message) {}

    static JobItem of(JobSummary job) {
        JobSummary.Times times = job.times();
        return new JobItem(
                job.id().text(),
                job.type(),
                job.state(),
                job.attempt(),
                job.maxAttempts(),
                times.created(),
                times.started().orElse(null),
                times.finished().orElse(null),
                times.expires().orElse(null),
                times.due().orElse(null),
                job.failure().map(it -> new Failure(it.code(), it.message())).orElse(null),
                Map.of("self", JobViews.path(job.id())));
    }
}
