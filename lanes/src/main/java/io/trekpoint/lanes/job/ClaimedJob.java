package io.trekpoint.lanes.job;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job a worker holds. It is told from others by its identity and its token.
 *
 * @param id its identity
 * @param token what only the holder knows: needed to renew and to finish
 * @param attempt which claim this is, from 1
 * @param client whose job it is
 * @param tier the tier of its client when it was submitted
 * @param type the job type
 * @param parameters a JSON object
 * @param inputChunks in how many chunks the input is stored
 * @param inputBytes the input's length, uncompressed
 * @param input the input as stored, where it is small enough to come along; else nothing
 * @param traceparent W3C trace context of its submit; empty for none
 * @param waited how long it waited in line for this claim
 */
public record ClaimedJob(
        JobId id,
        String token,
        int attempt,
        String client,
        String tier,
        String type,
        String parameters,
        int inputChunks,
        long inputBytes,
        ByteBuffer input,
        String traceparent,
        Duration waited) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaimedJob job && job.id.equals(id) && job.token.equals(token);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }
}
