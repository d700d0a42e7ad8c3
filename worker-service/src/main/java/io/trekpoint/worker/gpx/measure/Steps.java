package io.trekpoint.worker.gpx.measure;

import io.trekpoint.lanes.gpx.DistanceMethod;
import io.trekpoint.worker.gpx.document.Points;

/**
 * Distance covered along lines, point by point, in haversine metres. Not safe for use by several
 * threads.
 */
public final class Steps {

    private final Ruler ruler = Ruler.of(DistanceMethod.HAVERSINE);
    private double covered;

    /** Nothing covered yet. */
    public Steps() {}

    /**
     * Goes on to a point. Points of a line are asked in order; nothing is covered before its first.
     *
     * @param line the line
     * @param i index of the point in it
     * @return metres covered since the beginning, over all lines
     */
    public double to(Points line, int i) {
        covered += i == 0 ? 0 : ruler.flat(line, i);
        return covered;
    }
}
