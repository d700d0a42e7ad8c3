package io.trekpoint.lanes.job;

import java.util.List;

/**
 * An output that is made and not yet stored: kept in memory, compressed, so that a Redis that is
 * away for a while costs waiting and not the work.
 *
 * @param mediaType what it is
 * @param bytes its length as served
 * @param sha256 of the bytes as served, in lower-case hexadecimal
 * @param chunks the compressed bytes in chunks of at most 512 KiB
 */
public record FinishedOutput(String mediaType, long bytes, String sha256, List<byte[]> chunks) {
    /** The longest output that is stored by its finish itself, in bytes. */
    private static final int LONGEST_TO_TRAVEL = 32 * 1024;

    /** Whether it is small enough to be stored by its finish itself. */
    boolean travels() {
        return chunks.size() == 1 && chunks.getFirst().length <= LONGEST_TO_TRAVEL;
    }

    /** What a record tells of it beside where it is stored; see {@link JobRecord}. */
    String description() {
        return bytes + " " + sha256 + " " + mediaType;
    }

    /** Its length as stored. */
    public long stored() {
        return chunks.stream().mapToLong(chunk -> chunk.length).sum();
    }
}
