package io.trekpoint.lanes.job;

/** A chunk that a record names is not there: it expired, or the data set lost it. */
public final class MissingChunkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingChunkException(JobId id) {
        super("a stored chunk of job " + id + " is gone");
    }
}
