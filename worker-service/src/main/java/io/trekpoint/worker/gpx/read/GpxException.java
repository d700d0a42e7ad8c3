package io.trekpoint.worker.gpx.read;

/**
 * A GPX job that cannot be done, and where in its input the reason lies. No message holds anything
 * of the file's content.
 */
public final class GpxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. The names are stable: clients see them. */
    public enum Code {
        /** The file has a DOCTYPE, which GPX never needs and attacks do. */
        GPX_DOCTYPE("a DOCTYPE is not allowed"),
        /** Depth, attributes or text are beyond what any GPX needs. */
        XML_LIMIT("the XML is nested too deep, or an attribute or a text is too long"),
        /** No root element could be read. */
        NOT_XML("this is not XML"),
        /** XML, but its root element is not {@code gpx}. */
        NOT_GPX("the root element is not gpx"),
        /** XML that is not well-formed, not of its encoding, or ends too early. */
        MALFORMED("the XML is not well-formed, or ends too early"),
        /** More points than allowed. */
        TOO_MANY_POINTS("the file has too many points"),
        /** More tracks, segments and routes than allowed. */
        TOO_MANY_LINES("the file has too many tracks, segments and routes"),
        /** More bytes than allowed. */
        TOO_LARGE("the file is too large"),
        /** Stopped because nobody wants the result any more. */
        CANCELLED("cancelled"),
        /** Stopped because the time allowed has passed. */
        TIMEOUT("the time allowed has passed");

        private final String reason;

        Code(String reason) {
            this.reason = reason;
        }
    }

    private final Code code;
    private final int line;
    private final int column;

    GpxException(Code code) {
        this(code, 0, 0);
    }

    GpxException(Code code, int line, int column) {
        this.code = code;
        this.line = line;
        this.column = column;
    }

    GpxException at(int theLine, int theColumn) {
        return line > 0 ? this : new GpxException(code, theLine, theColumn);
    }

    /**
     * Why and where, for people to read.
     *
     * @return a short English text, the same for the same code and place
     */
    @Override
    public String getMessage() {
        return line > 0 ? code.reason + " (line " + line + ", column " + column + ")" : code.reason;
    }

    /**
     * Why.
     *
     * @return the stable code
     */
    public Code code() {
        return code;
    }

    /**
     * Line in the input where reading stopped.
     *
     * @return 1 or more, or 0 when the job stopped while writing
     */
    public int line() {
        return line;
    }

    /**
     * Column in the input where reading stopped.
     *
     * @return 1 or more, or 0 when the job stopped while writing
     */
    public int column() {
        return column;
    }
}
