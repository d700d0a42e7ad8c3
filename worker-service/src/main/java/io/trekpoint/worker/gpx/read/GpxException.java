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
        /** Strict: a prefix without a declaration. */
        UNDECLARED_PREFIX("a prefix is not declared"),
        /** Strict: the version is neither 1.0 nor 1.1. */
        UNKNOWN_VERSION("the version of gpx is neither 1.0 nor 1.1"),
        /** Strict: the root is not in the namespace of its version. */
        WRONG_NAMESPACE("the namespace of gpx is not that of its version"),
        /** Strict: the root names no creator. */
        MISSING_CREATOR("gpx names no creator"),
        /** Strict: an element that GPX does not know. */
        UNKNOWN_ELEMENT("GPX has no such element here"),
        /** Strict: a point without a valid latitude and longitude. */
        POINT_WITHOUT_POSITION("a point has no valid lat and lon"),
        /** Strict: a longitude beyond 180 degrees. */
        LONGITUDE_WRAPPED("a longitude is beyond 180 degrees"),
        /** Strict: a number that is none. */
        NUMBER_INVALID("this is not a number"),
        /** Strict: a number beyond belief. */
        NUMBER_OUT_OF_RANGE("a number is out of its range"),
        /** Strict: a time that is none. */
        TIME_INVALID("this is not a time"),
        /** Strict: a time without a zone. */
        TIME_WITHOUT_ZONE("a time names no zone"),
        /** Strict: a link without a target. */
        LINK_WITHOUT_TARGET("a link has no href"),
        /** Strict: something after the end of the root element. */
        CONTENT_AFTER_END("something comes after the end of gpx"),
        /** Strict: extensions beyond what is carried. */
        EXTENSIONS_TOO_LARGE("extensions are too large"),
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

    /** A refusal without a place. */
    public GpxException(Code code) {
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

    /** Why, without the place. */
    public String reason() {
        return code.reason;
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
