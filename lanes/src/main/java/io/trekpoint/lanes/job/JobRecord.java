package io.trekpoint.lanes.job;

import io.trekpoint.lanes.job.JobStatus.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the job lane knows about one job. It is stored as a hash of these fields; one that does not
 * apply is absent.
 *
 * <ul>
 *   <li>{@code status}: a {@link JobStatus};
 *   <li>{@code parameters}: a JSON object; {@code traceparent}: W3C trace context of its submit;
 *   <li>{@code durability}: from a submit that waits for a replica until one has told that it has
 *       the job, that this is not yet so;
 *   <li>{@code progress}, while active: 0 to 1;
 *   <li>{@code cancelAsked}: 1 once the client has asked for an active job to be cancelled;
 *   <li>{@code failure}, once an attempt has failed: code, line and column of the input ({@code -}
 *       for none), 1 or 0 for whether the same input may succeed another time, and the message,
 *       with a space between each;
 *   <li>{@code result}, once succeeded: a JSON object;
 *   <li>{@code output}, once succeeded: the token it was written under, its chunks, what it holds
 *       of the byte budget, its length as served, its SHA-256 and its media type, with a space
 *       between each; {@code body}: the compressed output itself, where it has no chunks;
 *   <li>{@code log}: what the attempts have told: lines, each ended by a line feed, at most 8 KiB,
 *       the oldest cut away.
 * </ul>
 *
 * @param id its identity
 * @param client the client it belongs to; empty where a lost record has been replaced
 * @param tier the client's tier when it was submitted
 * @param type the job type, such as {@code export}
 * @param parameters a JSON object
 * @param attempt how many times it has been claimed
 * @param maxAttempts how many times it may be claimed
 * @param createdAt when it was accepted, in Redis time
 * @param notBefore when it may be claimed at the earliest, where the client asked for that
 * @param inputBytes the length of its input as sent
 * @param confirmed whether what its submit waited for has answered
 * @param state where it stands
 */
public record JobRecord(
        JobId id,
        String client,
        String tier,
        String type,
        String parameters,
        int attempt,
        int maxAttempts,
        Instant createdAt,
        Optional<Instant> notBefore,
        long inputBytes,
        boolean confirmed,
        JobState state) {

    /** The fields that a record is read from, in the order of {@link #of}. */
    static final List<String> FIELDS =
            List.of(
                    "status",
                    "parameters",
                    "durability",
                    "progress",
                    "cancelAsked",
                    "failure",
                    "result",
                    "output");

    /**
     * The record as it was told when the job was accepted, whatever has become of it; but {@link
     * #confirmed} as it is now, and {@link #maxAttempts} with those that operators have added.
     */
    public JobRecord asAccepted() {
        JobState first =
                notBefore.filter(createdAt::isBefore).isPresent()
                        ? new JobState.Delayed(notBefore.get(), Optional.empty())
                        : new JobState.Queued();
        return new JobRecord(
                id,
                client,
                tier,
                type,
                parameters,
                0,
                maxAttempts,
                createdAt,
                notBefore,
                inputBytes,
                confirmed,
                first);
    }

    /**
     * Reads a record.
     *
     * @param values those of {@link #FIELDS}, in their order
     * @throws CorruptRecordException when a field is missing or not of its form
     */
    static JobRecord of(JobId id, List<Optional<String>> values) {
        Fields f = new Fields(id, values);
        JobStatus status = JobStatus.of(id, f.text("status"));
        return new JobRecord(
                id,
                status.optional(Word.CLIENT).orElse(""),
                status.text(Word.TIER),
                status.text(Word.TYPE),
                f.text("parameters"),
                (int) status.number(Word.ATTEMPT),
                (int) status.number(Word.MAX_ATTEMPTS),
                status.time(Word.CREATED),
                status.optionalTime(Word.NOT_BEFORE),
                status.number(Word.IN_BYTES),
                f.optional("durability").isEmpty(),
                state(status, f));
    }

    private static JobState state(JobStatus status, Fields f) {
        return switch (status.text(Word.STATE)) {
            case "queued" -> new JobState.Queued();
            case "delayed" ->
                    new JobState.Delayed(
                            status.time(Word.DUE), f.optional("failure").map(_ -> f.failure()));
            case "active" ->
                    new JobState.Active(
                            status.time(Word.STARTED),
                            f.progress(),
                            f.optional("cancelAsked").isPresent());
            case "succeeded" ->
                    new JobState.Succeeded(
                            status.time(Word.STARTED),
                            status.time(Word.FINISHED),
                            status.time(Word.EXPIRES),
                            f.text("result"),
                            f.output());
            case "failed" ->
                    new JobState.Failed(
                            status.optionalTime(Word.STARTED),
                            status.time(Word.FINISHED),
                            status.time(Word.EXPIRES),
                            f.failure());
            case "cancelled" ->
                    new JobState.Cancelled(
                            status.optionalTime(Word.STARTED),
                            status.time(Word.FINISHED),
                            status.time(Word.EXPIRES));
            default -> throw new CorruptRecordException(f.id, "state");
        };
    }

    /** The fields of a record's hash, read with their form checked. */
    private record Fields(JobId id, List<Optional<String>> values) {
        Optional<String> optional(String name) {
            return values.get(FIELDS.indexOf(name));
        }

        String text(String name) {
            return optional(name).orElseThrow(() -> new CorruptRecordException(id, name));
        }

        double progress() {
            try {
                return Double.parseDouble(optional("progress").orElse("0"));
            } catch (NumberFormatException e) {
                throw new CorruptRecordException(id, "progress", e);
            }
        }

        JobFailure failure() {
            return JobFailure.parse(text("failure"))
                    .orElseThrow(() -> new CorruptRecordException(id, "failure"));
        }

        JobOutput output() {
            return JobOutput.parse(text("output"))
                    .orElseThrow(() -> new CorruptRecordException(id, "output"));
        }
    }
}
