package io.trekpoint.worker.gpx.read;

/**
 * A place where a file breaks a rule of its version.
 *
 * @param code which kind of rule
 * @param line 1 or more
 * @param column 1 or more
 * @param message the rule, for people; names of elements and attributes are those of GPX, never
 *     content of the file
 */
public record Finding(Code code, int line, int column, String message) {

    /** Kinds of rules. The names are stable: clients see them. */
    public enum Code {
        /** The file is no XML, not well-formed, has a DOCTYPE or is beyond what is read. */
        NOT_WELL_FORMED,
        /** The root is not {@code gpx} in the namespace of the version. */
        WRONG_ROOT,
        /** An element that the version does not have in this place. */
        UNKNOWN_ELEMENT,
        /** An element after one that must follow it. */
        WRONG_ORDER,
        /** An element more often than once where once is all there may be. */
        REPEATED_ELEMENT,
        /** A required attribute is absent. */
        MISSING_ATTRIBUTE,
        /** An attribute that the version does not have in this place. */
        UNKNOWN_ATTRIBUTE,
        /** A value that is not of its type, or out of its range. */
        INVALID_VALUE,
        /** Text where only elements may stand. */
        UNEXPECTED_TEXT
    }
}
