package io.trekpoint.lanes.gpx;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How lines are thinned out. Exactly one of tolerance and greatest number of points is given.
 *
 * @param algorithm which points go
 * @param toleranceM how far, in metres, the thinned line may be from a point left out
 * @param maxPoints how many points of all lines together may stay, 2 or more
 * @param keepEle whether the lowest and the highest point of each line stay, whatever their place
 */
public record Simplifying(
        Algorithm algorithm, OptionalDouble toleranceM, OptionalInt maxPoints, boolean keepEle) {
    /** Which points go. */
    public enum Algorithm {
        /** Ramer, Douglas and Peucker: distance to the segment. */
        RDP,
        /** Visvalingam and Whyatt: area of the triangle with the neighbours. */
        VISVALINGAM
    }
}
