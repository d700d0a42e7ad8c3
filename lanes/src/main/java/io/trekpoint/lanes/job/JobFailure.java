package io.trekpoint.lanes.job;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a job failed.
 *
 * @param code a stable word such as {@code MALFORMED}
 * @param message one sentence for people; never the input's content
 * @param line 1-based line of the input, where there is one
 * @param column 1-based column, where there is one
 * @param retryable whether the same input may succeed another time
 */
public record JobFailure(
        String code, String message, OptionalInt line, OptionalInt column, boolean retryable) {
    private static final int PARTS = 5;

    /** As it stands in a record: words between spaces, the message last. */
    String text() {
        return String.join(
                " ", code, position(line), position(column), retryable ? "1" : "0", message);
    }

    /** Reads {@link #text}; empty where it is none. */
    static Optional<JobFailure> parse(String text) {
        String[] parts = text.split(" ", PARTS);
        try {
            return parts.length == PARTS
                    ? Optional.of(
                            new JobFailure(
                                    parts[0],
                                    parts[4],
                                    position(parts[1]),
                                    position(parts[2]),
                                    parts[3].equals("1")))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String position(OptionalInt position) {
        return position.isPresent() ? String.valueOf(position.getAsInt()) : "-";
    }

    private static OptionalInt position(String word) {
        return word.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(word));
    }
}
