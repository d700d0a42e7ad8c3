package io.trekpoint.lanes.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Jobs whose input is at hand as a whole. */
public final class SmallInput {
    private SmallInput() {}

    /** Submits one whose input is the word {@code input}, and tells what came of it. */
    public static SubmitOutcome submit(JobSubmitter submitter, JobId id, Submission submission) {
        return submit(submitter, id, submission, "input".getBytes(UTF_8));
    }

    /** Submits one with this input, and tells what came of it. */
    public static SubmitOutcome submit(
            JobSubmitter submitter, JobId id, Submission submission, byte[] bytes) {
        ChunkedOutput input = submitter.openInput(id);
        try {
            input.write(bytes);
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return submitter.submit(id, submission, input);
    }
}
