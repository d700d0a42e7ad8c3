package io.trekpoint.worker.gpx.measure;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;

/** Ascent and descent, and the extremes between. */
abstract sealed class Climb permits HysteresisClimb, StepClimb {

    double ascent;
    double descent;
    private double lowest = Double.NaN;
    private double highest = Double.NaN;

    static Climb of(Measuring measuring) {
        return switch (measuring.ascent()) {
            case HYSTERESIS -> new HysteresisClimb(measuring.thresholdM());
            case RAW -> new StepClimb(false);
            case GPXPY -> new StepClimb(true);
        };
    }

    /** Adds one line; nothing is climbed between it and the line before. */
    final void add(Points line) {
        if (!line.has(Channel.ELE)) {
            return;
        }
        for (int i = 0; i < line.size(); i++) {
            double ele = line.get(Channel.ELE, i);
            widen(ele, ele);
        }
        climb(line);
    }

    /** Adds up the ascent and the descent of one line. */
    abstract void climb(Points line);

    final void add(Climb other) {
        ascent += other.ascent;
        descent += other.descent;
        widen(other.lowest, other.highest);
    }

    private void widen(double low, double high) {
        if (!(low >= lowest)) {
            lowest = Double.isNaN(low) ? lowest : low;
        }
        if (!(high <= highest)) {
            highest = Double.isNaN(high) ? highest : high;
        }
    }

    double ascent() {
        return ascent;
    }

    double descent() {
        return descent;
    }

    double lowest() {
        return lowest;
    }

    double highest() {
        return highest;
    }
}
