package io.trekpoint.lanes.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job in a list: what is short of its record.
 *
 * @param id its identity
 * @param client the client it belongs to
 * @param type the job type
 * @param state the label of its state, as in {@link JobState#label}
 * @param attempt how many times it has been claimed
 * @param maxAttempts how many times it may be claimed
 * @param inputBytes the length of its input as sent
 * @param times when it came to be, and what it came to
 * @param failure why its last attempt failed; empty where none has
 */
public record JobSummary(
        JobId id,
        String client,
        String type,
        String state,
        int attempt,
        int maxAttempts,
        long inputBytes,
        Times times,
        Optional<Failure> failure) {

    /**
     * The times of a job, in Redis time.
     *
     * @param created when it was accepted
     * @param started when it was first claimed
     * @param finished when it ended
     * @param expires when it is deleted
     * @param due when it is put in line, where it is delayed
     */
    public record Times(
            Instant created,
            Optional<Instant> started,
            Optional<Instant> finished,
            Optional<Instant> expires,
            Optional<Instant> due) {}

    /**
     * Why an attempt failed.
     *
     * @param code a stable word
     * @param message one sentence
     */
    public record Failure(String code, String message) {}
}
