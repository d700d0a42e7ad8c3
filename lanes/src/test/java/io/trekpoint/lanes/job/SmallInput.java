package io.trekpoint.lanes.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Jobs whose input is the word {@code input}. */
public final class SmallInput {
    private SmallInput() {}

    /** Submits one, and tells what came of it. */
    public static SubmitOutcome submit(JobSubmitter submitter, JobId id, Submission submission) {
        ChunkedOutput input = submitter.openInput(id);
        try {
            input.write("input".getBytes(UTF_8));
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return submitter.submit(id, submission, input);
    }
}
