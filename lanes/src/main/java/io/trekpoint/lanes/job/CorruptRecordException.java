package io.trekpoint.lanes.job;

/** A job record cannot be read: a field is missing or not of its form. The message names both. */
public final class CorruptRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptRecordException(JobId id, String field) {
        super("job " + id + " has a corrupt record: field " + field);
    }

    CorruptRecordException(JobId id, String field, Throwable cause) {
        super("job " + id + " has a corrupt record: field " + field, cause);
    }
}
