package io.trekpoint.lanes.gpx;

import java.util.Set;

/**
 * How a file is written.
 *
 * @param to the format
 * @param precision decimals of a coordinate: 0 to 7, 7 where nothing else is asked; of an encoded
 *     polyline 5 or 6, 5 where nothing else is asked
 * @param include what is written beside position and elevation, as far as the format has a place
 *     for it
 */
public record Writing(Target to, int precision, Set<Include> include) {
    /** What can be left out of an output. */
    public enum Include {
        /** Times of points and of the file. */
        TIME,
        /** Heart rate. */
        HR,
        /** Cadence. */
        CAD,
        /** Air temperature. */
        TEMP,
        /** Power. */
        POWER,
        /** Extensions we do not interpret, as they stood in the file; GPX 1.1 only. */
        EXTENSIONS
    }

    /** Everything but uninterpreted extensions: what is written where nothing else is asked. */
    public static final Set<Include> USUAL =
            Set.of(Include.TIME, Include.HR, Include.CAD, Include.TEMP, Include.POWER);

    /** All of it in a format, with its usual precision. */
    public static Writing of(Target to) {
        return new Writing(to, to == Target.POLYLINE ? 5 : 7, USUAL);
    }
}
