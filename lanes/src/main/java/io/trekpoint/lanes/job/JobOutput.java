package io.trekpoint.lanes.job;

import java.util.Optional;

/**
 * A published output.
 *
 * @param mediaType what it is
 * @param bytes its length as served
 * @param sha256 of the bytes as served, in lower-case hexadecimal
 * @param token the token it was written under
 * @param chunks in how many chunks it is stored; 0 where it is stored in the record itself
 */
public record JobOutput(String mediaType, long bytes, String sha256, String token, int chunks) {
    private static final int PARTS = 6;

    /** Reads the {@code output} of a record; empty where it is none. */
    static Optional<JobOutput> parse(String text) {
        String[] parts = text.split(" ", PARTS);
        try {
            return parts.length == PARTS
                    ? Optional.of(
                            new JobOutput(
                                    parts[5],
                                    Long.parseLong(parts[3]),
                                    parts[4],
                                    parts[0],
                                    Integer.parseInt(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
