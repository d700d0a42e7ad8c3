package io.trekpoint.lanes.gpx;

/** What a reader does about what is wrong in a file. */
public enum ReadingMode {
    /** Repairs or drops what can be, and says so in warnings. */
    LENIENT,
    /** Refuses the file at the first line and column that is wrong. */
    STRICT
}
