package io.trekpoint.lanes.job;

/** A job record cannot be read: a field is missing or not of its form. The message names both. */
public final class CorruptRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of a field that is not what it should be. */
    public CorruptRecordException(JobId id, String field) {
        super("job " + id + " has a corrupt record: field " + field);
    }

    /** Of a field that could not be read, and why. */
    public CorruptRecordException(JobId id, String field, Throwable cause) {
        super("job " + id + " has a corrupt record: field " + field, cause);
    }
}
