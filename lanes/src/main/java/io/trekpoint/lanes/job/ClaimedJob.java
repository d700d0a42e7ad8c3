package io.trekpoint.lanes.job;

/**
 * A job a worker holds.
 *
 * @param id its identity
 * @param token what only the holder knows: needed to renew and to finish
 * @param attempt which claim this is, from 1
 * @param maxAttempts how many claims there may be
 * @param client whose job it is
 * @param tier the client's tier when it was submitted
 * @param type the job type
 * @param parameters a JSON object
 * @param inputChunks in how many chunks the input is stored
 * @param inputBytes the input's length, uncompressed
 * @param traceparent W3C trace context of the submit; empty for none
 */
public record ClaimedJob(
        JobId id,
        String token,
        int attempt,
        int maxAttempts,
        String client,
        String tier,
        String type,
        String parameters,
        int inputChunks,
        long inputBytes,
        String traceparent) {}
