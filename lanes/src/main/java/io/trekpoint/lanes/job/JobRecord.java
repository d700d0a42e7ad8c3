package io.trekpoint.lanes.job;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the job lane knows about one job.
 *
 * @param id its identity
 * @param client the client it belongs to
 * @param type the job type, such as {@code export}
 * @param parameters a JSON object
 * @param attempt how many times it has been claimed
 * @param maxAttempts how many times it may be claimed
 * @param createdAt when it was accepted, in Redis time
 * @param state where it stands
 */
public record JobRecord(
        JobId id,
        String client,
        String type,
        String parameters,
        int attempt,
        int maxAttempts,
        Instant createdAt,
        JobState state) {

    /**
     * Reads a record's hash.
     *
     * @throws CorruptRecordException when a field is missing or not of its form
     */
    static JobRecord of(JobId id, Map<String, String> hash) {
        Fields f = new Fields(id, hash);
        return new JobRecord(
                id,
                f.text("client"),
                f.text("type"),
                f.text("parameters"),
                (int) f.number("attempt"),
                (int) f.number("maxAttempts"),
                f.time("created"),
                state(f));
    }

    private static JobState state(Fields f) {
        return switch (f.text("state")) {
            case "queued" -> new JobState.Queued();
            case "active" -> new JobState.Active(f.time("started"), f.decimal("progress"));
            case "succeeded" ->
                    new JobState.Succeeded(
                            f.time("started"),
                            f.time("finished"),
                            f.time("expires"),
                            f.text("result"),
                            output(f));
            case "failed" ->
                    new JobState.Failed(
                            f.has("started") ? Optional.of(f.time("started")) : Optional.empty(),
                            f.time("finished"),
                            f.time("expires"),
                            failure(f));
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

        OptionalInt optional(String name) {
            return text(name).isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) number(name));
        }
    }
}
