package io.trekpoint.worker.gpx.read;

import io.trekpoint.lanes.gpx.ReadingMode;

/**
 * How a file is read.
 *
 * @param mode what is done about what is wrong in it
 * @param keepExtensions whether extensions that are not interpreted are carried along; where not,
 *     they cost nothing
 */
public record Reading(ReadingMode mode, boolean keepExtensions) {

    /** Well-meaning, without extensions that are not interpreted. */
    public static final Reading LENIENT = new Reading(ReadingMode.LENIENT, false);

    boolean strict() {
        return mode == ReadingMode.STRICT;
    }
}
