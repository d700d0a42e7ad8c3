package io.trekpoint.lanes.job;

/**
 * An attempt that is over.
 *
 * @param job the job
 * @param ending how it ended
 * @param log what it has to tell: lines, each ended by a line feed; at most the last 8 KiB of all
 *     attempts are kept
 */
public record Attempt(ClaimedJob job, Ending ending, String log) {}
