package io.trekpoint.lanes.job;

/** A chunk that a record names is not there: it expired, or the data set lost it. */
public final class MissingChunkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingChunkException(String key) {
        super("a stored chunk is gone: " + key);
    }
}
