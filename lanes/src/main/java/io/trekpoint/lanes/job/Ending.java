package io.trekpoint.lanes.job;

/** How an attempt ends. */
public sealed interface Ending {
    /**
     * With a result.
     *
     * @param result what the engine says about its work, a JSON object
     * @param mediaType of the output
     * @param output the output, written and closed
     * @param sha256 of the output, in lower-case hexadecimal
     */
    record Succeeded(String result, String mediaType, ChunkedOutput output, String sha256)
            implements Ending {}

    /**
     * For good, or for this attempt where the failure is retryable and attempts are left.
     *
     * @param failure why
     */
    record Failed(JobFailure failure) implements Ending {}
}
