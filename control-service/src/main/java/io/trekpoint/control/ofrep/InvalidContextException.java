package io.trekpoint.control.ofrep;

/** The body of an evaluation is not what it must be. The message is for the caller. */
final class InvalidContextException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, as OpenFeature names it. */
    enum Code {
        /** The body is not JSON. */
        PARSE_ERROR,
        /** The body is JSON, and its context is not one. */
        INVALID_CONTEXT
    }

    private final Code code;

    InvalidContextException(Code code, String message) {
        super(message);
        this.code = code;
    }

    Code code() {
        return code;
    }
}
