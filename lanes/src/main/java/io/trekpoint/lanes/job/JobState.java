package io.trekpoint.lanes.job;

import java.time.Instant;
import java.util.Optional;

/** Where a job stands. */
public sealed interface JobState {
    /** Waits to be claimed, in line or behind other jobs of its client. */
    record Queued() implements JobState {}

    /**
     * Waits for its time.
     *
     * @param dueAt when it is put in line
     * @param lastFailure why the last attempt failed; empty where there was none
     */
    record Delayed(Instant dueAt, Optional<JobFailure> lastFailure) implements JobState {}

    /**
     * A worker holds it.
     *
     * @param startedAt when it was first claimed
     * @param progress 0 to 1
     * @param cancelAsked whether its worker is to stop
     */
    record Active(Instant startedAt, double progress, boolean cancelAsked) implements JobState {}

    /**
     * Done; its result is published.
     *
     * @param startedAt when it was first claimed
     * @param finishedAt when it ended
     * @param expiresAt when record and result are deleted
     * @param result what the engine says about its work, a JSON object
     * @param output the output bytes
     */
    record Succeeded(
            Instant startedAt,
            Instant finishedAt,
            Instant expiresAt,
            String result,
            JobOutput output)
            implements JobState {}

    /**
     * Ended without a result.
     *
     * @param startedAt when it was first claimed; empty if it never was
     * @param finishedAt when it ended
     * @param expiresAt when the record is deleted
     * @param failure why
     */
    record Failed(
            Optional<Instant> startedAt, Instant finishedAt, Instant expiresAt, JobFailure failure)
            implements JobState {}

    /**
     * Ended because its client asked for it.
     *
     * @param startedAt when it was first claimed; empty if it never was
     * @param finishedAt when it ended
     * @param expiresAt when the record is deleted
     */
    record Cancelled(Optional<Instant> startedAt, Instant finishedAt, Instant expiresAt)
            implements JobState {}

    /** Whether the job has ended and will not change any more. */
    default boolean ended() {
        return switch (this) {
            case Queued _, Delayed _, Active _ -> false;
            case Succeeded _, Failed _, Cancelled _ -> true;
        };
    }

    /**
     * The name of the state in records and answers: {@code queued}, {@code delayed}, {@code
     * active}, {@code succeeded}, {@code failed}, {@code cancelled}.
     */
    default String label() {
        return switch (this) {
            case Queued _ -> "queued";
            case Delayed _ -> "delayed";
            case Active _ -> "active";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case Cancelled _ -> "cancelled";
        };
    }
}
