package io.trekpoint.control.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trekpoint.lanes.job.JobSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list.
 *
 * @param id the job
 * @param client whose it is
 * @param type the job type
 * @param attempts how many times a worker has taken it
 * @param inputBytes the length of its input as sent
 * @param createdAt when it was accepted
 * @param finishedAt when its last attempt ended
 * @param expiresAt when it is deleted
 * @param code why its last attempt failed, as a stable word
 * @param message the same as a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterItem(
        String id,
        String client,
        String type,
        int attempts,
        long inputBytes,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt,
        @Nullable String code,
        @Nullable String message) {

    static DeadLetterItem of(JobSummary job) {
        return new DeadLetterItem(
                job.id().text(),
                job.client(),
                job.type(),
                job.attempt(),
                job.inputBytes(),
                job.times().created(),
                job.times().finished().orElse(null),
                job.times().expires().orElse(null),
                job.failure().map(JobSummary.Failure::code).orElse(null),
                job.failure().map(JobSummary.Failure::message).orElse(null));
    }
}
