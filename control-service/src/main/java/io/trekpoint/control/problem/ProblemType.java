package io.trekpoint.control.problem;

import java.util.Locale;

/** The kinds of errors of this service. */
public enum ProblemType {
    /** The request is not what the call takes. */
    INVALID_REQUEST(400, "The request is not valid"),
    /** The body is not JSON. */
    MALFORMED_JSON(400, "The body is not valid JSON"),
    /** No key, or none that is known. */
    UNAUTHENTICATED(401, "Authentication is required"),
    /** A known key without the role it takes. */
    FORBIDDEN(403, "This is not allowed"),
    /** There is nothing here. */
    NOT_FOUND(404, "There is no such resource"),
    /** The resource does not take this method. */
    METHOD_NOT_ALLOWED(405, "The resource does not take this method"),
    /** No representation that the client accepts. */
    NOT_ACCEPTABLE(406, "There is no such representation"),
    /** The resource as it stands does not allow it. */
    CONFLICT(409, "The resource as it stands does not allow this"),
    /** A control state exists, or has been known. */
    ALREADY_INITIALISED(409, "A control state exists already"),
    /** Services ask for it. */
    IN_USE(409, "It is in use"),
    /** There is nothing to be mended. */
    NOT_DIVERGED(409, "The control state is as it is known here"),
    /** The resource is not as the caller believes. */
    PRECONDITION_FAILED(412, "The resource has changed"),
    /** The body is too large. */
    TOO_LARGE(413, "The body is too large"),
    /** The body is of another media type. */
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    /** A value breaks a rule. */
    INVALID_VALUE(422, "A value breaks a rule"),
    /** More calls than are answered. */
    TOO_MANY_REQUESTS(429, "There are too many calls"),
    /** A write does not say what it is based on. */
    PRECONDITION_REQUIRED(428, "The write must say what it is based on"),
    /** Something that should not happen. */
    INTERNAL(500, "Something went wrong here"),
    /** Redis does not take the write. */
    CONTROL_UNAVAILABLE(503, "Control changes are not possible at the moment"),
    /** The jobs lane does not answer. */
    JOBS_UNAVAILABLE(503, "Jobs cannot be read or changed at the moment"),
    /** A job's record is not of its form. */
    JOB_UNREADABLE(503, "What is stored of the job cannot be read"),
    /** Redis holds another state than the one known here. */
    CONTROL_DIVERGED(503, "The control state needs an operator"),
    /** Nobody has created a control state. */
    NOT_INITIALISED(503, "There is no control state yet"),
    /** Any other refusal of the HTTP layer. */
    REFUSED(400, "The request was refused");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** {@code urn:trekpoint:problem:<name>}. */
    public String urn() {
        return "urn:trekpoint:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    String title() {
        return title;
    }
}
