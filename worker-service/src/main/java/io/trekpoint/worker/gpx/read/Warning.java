package io.trekpoint.worker.gpx.read;

/**
 * Something the reader dropped or repaired.
 *
 * @param code what
 * @param count how often
 * @param firstLine line of the first, 1 or more; 0 where it is not about a line
 */
public record Warning(Code code, int count, int firstLine) {

    /** What was dropped or repaired. The names are stable: clients see them. */
    public enum Code {
        /** A prefix without a declaration: the file was read without namespaces. */
        UNDECLARED_PREFIX,
        /** The root's version is neither 1.0 nor 1.1: read as what it looks like. */
        UNKNOWN_VERSION,
        /** An element that GPX does not know: left out with all it holds. */
        UNKNOWN_ELEMENT,
        /** A point without a valid latitude and longitude: left out. */
        POINT_WITHOUT_POSITION,
        /** A longitude between 180 and 360 degrees: turned by a full circle. */
        LONGITUDE_WRAPPED,
        /** A number that is none: left out. */
        NUMBER_INVALID,
        /** A number beyond belief: left out. */
        NUMBER_OUT_OF_RANGE,
        /** A time that is none: left out. */
        TIME_INVALID,
        /** A time without a zone: taken as UTC, as GPX says. */
        TIME_WITHOUT_ZONE,
        /** A link without a target: left out. */
        LINK_WITHOUT_TARGET,
        /** Something after the end of the root element: left out. */
        CONTENT_AFTER_END,
        /** Extensions beyond what is carried, 64 KiB an element and 16 MiB a file: left out. */
        EXTENSIONS_TOO_LARGE,
        /** A segment begins before the one ahead of it ends: put together all the same. */
        TIMES_OVERLAP,
        /** A time shifted out of the years 0000 to 9999: left out. */
        TIME_OUT_OF_RANGE,
        /** No line of the kind preferred: the file was kept as it is. */
        PREFERRED_ABSENT,
        /** No elevations to draw. */
        NO_ELEVATION
    }
}
