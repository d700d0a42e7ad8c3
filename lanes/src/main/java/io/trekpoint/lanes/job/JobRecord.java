package io.trekpoint.lanes.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the job lane knows about one job. It is stored as a hash of these fields; times are in ms of
 * Redis, and a field that does not apply is absent or empty.
 *
 * <ul>
 *   <li>from the submit on: {@code id}, {@code client}, {@code tier}, {@code priority} (0 to 2),
 *       {@code type}, {@code parameters}, {@code created}, {@code maxAttempts}, {@code
 *       traceparent}, {@code notBefore}; of the input {@code inBytes} (as sent), {@code inStored},
 *       {@code inChunks}; {@code allowance}, the bytes set aside for an output, 0 once ended;
 *       {@code durability}: from a submit that waits for a replica until one has told that it has
 *       the job, that this is not yet so; else absent;
 *   <li>{@code state}: {@code queued}, {@code delayed}, {@code active}, {@code succeeded}, {@code
 *       failed} or {@code cancelled};
 *   <li>while queued: {@code place} ({@code waiting}, {@code front}, or the id of its stream
 *       entry), {@code since} (when it came to wait for a claim); while delayed: {@code due};
 *   <li>while active: {@code token}, {@code progress} (0 to 1), {@code claimed}; {@code
 *       cancelAsked}: when the client asked for it to be cancelled;
 *   <li>{@code attempt}: how many times it was claimed, what was given back not counted; {@code
 *       started}: its first claim; {@code endedBy}, {@code endedAs}: the token that ended the last
 *       attempt, and the outcome it told;
 *   <li>once an attempt has failed: {@code failCode}, {@code failMessage}, {@code failLine}, {@code
 *       failColumn}, {@code failRetryable} (1 or 0);
 *   <li>once ended: {@code finished}, {@code expires}; with a result {@code result}, {@code
 *       outToken}, {@code outChunks}, {@code outType}, {@code outBytes} (as served), {@code
 *       outStored}, {@code outSha256}.
 * </ul>
 *
 * @param id its identity
 * @param client the client it belongs to
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

    /** The fields that a record is read from. */
    static final List<String> FIELDS =
            List.of(
                    "state",
                    "client",
                    "tier",
                    "type",
                    "parameters",
                    "attempt",
                    "maxAttempts",
                    "created",
                    "inBytes",
                    "notBefore",
                    "durability",
                    "due",
                    "started",
                    "progress",
                    "cancelAsked",
                    "finished",
                    "expires",
                    "result",
                    "outToken",
                    "outChunks",
                    "outType",
                    "outBytes",
                    "outSha256",
                    "failCode",
                    "failMessage",
                    "failLine",
                    "failColumn",
                    "failRetryable");

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
     * Reads a record's {@link #FIELDS}.
     *
     * @throws CorruptRecordException when a field is missing or not of its form
     */
    static JobRecord of(JobId id, Map<String, String> hash) {
        Fields f = new Fields(id, hash);
        return new JobRecord(
                id,
                f.text("client"),
                f.text("tier"),
                f.text("type"),
                f.text("parameters"),
                (int) f.number("attempt"),
                (int) f.number("maxAttempts"),
                f.time("created"),
                f.optionalTime("notBefore"),
                f.number("inBytes"),
                !hash.getOrDefault("durability", "").equals("unconfirmed"),
                state(f));
    }

    private static JobState state(Fields f) {
        return switch (f.text("state")) {
            case "queued" -> new JobState.Queued();
            case "delayed" ->
                    new JobState.Delayed(
                            f.time("due"),
                            f.has("failCode") ? Optional.of(failure(f)) : Optional.empty());
            case "active" ->
                    new JobState.Active(
                            f.time("started"), f.decimal("progress"), f.has("cancelAsked"));
            case "succeeded" ->
                    new JobState.Succeeded(
                            f.time("started"),
                            f.time("finished"),
                            f.time("expires"),
                            f.text("result"),
                            output(f));
            case "failed" ->
                    new JobState.Failed(
                            f.optionalTime("started"),
                            f.time("finished"),
                            f.time("expires"),
                            failure(f));
            case "cancelled" ->
                    new JobState.Cancelled(
                            f.optionalTime("started"), f.time("finished"), f.time("expires"));
            default -> throw new CorruptRecordException(f.id, "state");
        };
    }

    private static JobOutput output(Fields f) {
        return new JobOutput(
                f.text("outType"),
                f.number("outBytes"),
                f.text("outSha256"),
                f.text("outToken"),
                (int) f.number("outChunks"));
    }

    private static JobFailure failure(Fields f) {
        return new JobFailure(
                f.text("failCode"),
                f.text("failMessage"),
                f.optional("failLine"),
                f.optional("failColumn"),
                f.text("failRetryable").equals("1"));
    }

    /** The fields of a record's hash, read with their form checked. */
    private record Fields(JobId id, Map<String, String> hash) {
        boolean has(String name) {
            return hash.containsKey(name);
        }

        String text(String name) {
            String value = hash.get(name);
            if (value == null) {
                throw new CorruptRecordException(id, name);
            }
            return value;
        }

        long number(String name) {
            try {
                return Long.parseLong(text(name));
            } catch (NumberFormatException e) {
                throw new CorruptRecordException(id, name, e);
            }
        }

        double decimal(String name) {
            try {
                return Double.parseDouble(text(name));
            } catch (NumberFormatException e) {
                throw new CorruptRecordException(id, name, e);
            }
        }

        Instant time(String name) {
            return Instant.ofEpochMilli(number(name));
        }

        Optional<Instant> optionalTime(String name) {
            return has(name) ? Optional.of(time(name)) : Optional.empty();
        }

        OptionalInt optional(String name) {
            return text(name).isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) number(name));
        }
    }
}
