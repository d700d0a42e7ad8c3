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
     * Without a result this time: the job goes back in line, or fails where its attempts are spent.
     *
     * @param failure why, for the case that they are
     */
    record Again(JobFailure failure) implements Ending {}
}
