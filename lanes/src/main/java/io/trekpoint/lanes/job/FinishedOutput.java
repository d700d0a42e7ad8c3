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

    /**
     * What a record tells of it; see {@link JobOutput#parse}.
     *
     * @param token who made it
     * @param held bytes of output and result as stored
     */
    String text(String token, long held) {
        return String.join(
                " ",
                token,
                String.valueOf(chunksBeside()),
                String.valueOf(held),
                String.valueOf(bytes),
                sha256,
                mediaType);
    }

    /** In how many chunks it is stored beside the record. */
    int chunksBeside() {
        return travels() ? 0 : chunks.size();
    }

    /** Its length as stored. */
    public long stored() {
        return chunks.stream().mapToLong(chunk -> chunk.length).sum();
    }
}
