package io.trekpoint.worker.gpx.measure;

import io.trekpoint.lanes.gpx.DistanceMethod;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Points;

/**
 * What became of the time while a line was covered: moving or stopped. A standstill shorter than
 * the shortest stop counts as moving.
 */
abstract sealed class Pace permits ClockPace, GpxpyPace {

    private final double minMps;
    private final double minStopS;
    private double standingS;
    private double standingM;
    double timedM;
    double movingS;
    double movingM;
    double stoppedS;
    double stoppedM;
    double maxMps;

    Pace(Measuring measuring) {
        minMps = measuring.minKmh() / 3.6;
        minStopS = measuring.minStopS();
    }

    static Pace of(Measuring measuring) {
        return measuring.distance() == DistanceMethod.GPXPY
                ? new GpxpyPace(measuring)
                : new ClockPace(measuring);
    }

    /** Takes the first point of a line. */
    abstract void first(Points line);

    /** Takes the next point of the line. */
    abstract void next(Points line, int i, double flat, double slanted);

    /** Ends the line. */
    void end() {
        settle();
    }

    /** Counts a stretch of some seconds, above 0. */
    final void stretch(double metres, double seconds) {
        timedM += metres;
        if (metres / seconds > minMps) {
            settle();
            movingS += seconds;
            movingM += metres;
        } else {
            standingS += seconds;
            standingM += metres;
        }
    }

    private void settle() {
        if (standingS >= minStopS) {
            stoppedS += standingS;
            stoppedM += standingM;
        } else {
            movingS += standingS;
            movingM += standingM;
        }
        standingS = 0;
        standingM = 0;
    }

    final void add(Pace other) {
        timedM += other.timedM;
        movingS += other.movingS;
        movingM += other.movingM;
        stoppedS += other.stoppedS;
        stoppedM += other.stoppedM;
        maxMps = Math.max(maxMps, other.maxMps);
    }
}
