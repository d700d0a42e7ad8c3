package io.trekpoint.lanes.job;

import java.time.Instant;
import java.util.Optional;

/** Where a job stands. */
public sealed interface JobState {
    /** Waits to be claimed. */
    record Queued() implements JobState {}

    /**
     * A worker holds it.
     *
     * @param startedAt when it was first claimed
     * @param progress 0 to 1
     */
    record Active(Instant startedAt, double progress) implements JobState {}

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

    /** Whether the job has ended and will not change any more. */
    default boolean ended() {
        return switch (this) {
            case Queued _, Active _ -> false;
            case Succeeded _, Failed _ -> true;
        };
    }

    /**
     * The name of the state in answers: {@code queued}, {@code active}, {@code succeeded}, {@code
     * failed}.
     */
    default String label() {
        return switch (this) {
            case Queued _ -> "queued";
            case Active _ -> "active";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
        };
    }
}
