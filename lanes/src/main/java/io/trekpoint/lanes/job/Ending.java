package io.trekpoint.lanes.job;

/** How an attempt ends. */
public sealed interface Ending {
    /**
     * With a result.
     *
     * @param result what the engine says about its work, a JSON object
     * @param output the output
     */
    record Succeeded(String result, FinishedOutput output) implements Ending {}

    /**
     * Without a result, for good.
     *
     * @param failure why
     */
    record Failed(JobFailure failure) implements Ending {}

    /**
     * Without a result this time: the job is delayed, or a dead letter where its attempts are
     * spent.
     *
     * @param failure why
     */
    record Again(JobFailure failure) implements Ending {}

    /**
     * Stopped because its client asked for it.
     *
     * @param begun whether anything was done; an attempt that was not begun is not counted
     */
    record Cancelled(boolean begun) implements Ending {}

    /**
     * Not at all: the job goes first in line for another worker, and the attempt is not counted.
     *
     * @param begun whether anything was done; a job that was not begun has waited all the time, and
     *     has not been worked on where its client wants it no more
     */
    record GivenBack(boolean begun) implements Ending {}
}
