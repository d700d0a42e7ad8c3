package io.trekpoint.worker.gpx.measure;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.read.GpxLimits;

/** Lengths, and what became of the time while they were covered. */
final class Motion {

    private static final int CHECK_EVERY = 1 << 12;

    private final GpxLimits limits;
    private final Ruler ruler;
    private final Pace pace;
    private final boolean stopsAsCounted;
    private double length2d;
    private double length3d;
    private long start = Points.NO_TIME;
    private long end = Points.NO_TIME;
    private double elapsed;

    Motion(Measuring measuring, GpxLimits limits) {
        this.limits = limits;
        ruler = Ruler.of(measuring.distance());
        pace = Pace.of(measuring);
        stopsAsCounted = pace instanceof GpxpyPace;
    }

    /** Adds one line; neither distance nor time passes between it and the line before. */
    void add(Points line) {
        if (line.size() == 0) {
            return;
        }
        long earliest = line.time(0);
        long latest = earliest;
        pace.first(line);
        for (int i = 1; i < line.size(); i++) {
            if (i % CHECK_EVERY == 0) {
                limits.check();
            }
            double flat = ruler.flat(line, i);
            double slanted = ruler.slanted(line, i, flat);
            length2d += flat;
            length3d += slanted;
            pace.next(line, i, flat, slanted);
            long time = line.time(i);
            if (time != Points.NO_TIME) {
                earliest = earliest == Points.NO_TIME ? time : Math.min(earliest, time);
                latest = Math.max(latest, time);
            }
        }
        pace.end();
        if (latest != Points.NO_TIME) {
            elapsed += (latest - earliest) / 1000.0;
            widen(earliest, latest);
        }
    }

    private void widen(long earliest, long latest) {
        start = start == Points.NO_TIME ? earliest : Math.min(start, earliest);
        end = Math.max(end, latest);
    }

    void add(Motion other) {
        length2d += other.length2d;
        length3d += other.length3d;
        pace.add(other.pace);
        if (other.timed()) {
            elapsed += other.elapsed;
            widen(other.start, other.end);
        }
    }

    private boolean timed() {
        return end != Points.NO_TIME;
    }

    double length2d() {
        return length2d;
    }

    double length3d() {
        return length3d;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    double elapsedS() {
        return timed() ? elapsed : Double.NaN;
    }

    double movingS() {
        return timed() ? pace.movingS : Double.NaN;
    }

    /** A clock that went back makes more seconds of moving than the line lasted: never below 0. */
    double stoppedS() {
        if (!timed()) {
            return Double.NaN;
        }
        return stopsAsCounted ? pace.stoppedS : Math.max(0, elapsed - pace.movingS);
    }

    double movingM() {
        return timed() ? pace.movingM : Double.NaN;
    }

    double stoppedM() {
        return timed() ? pace.stoppedM : Double.NaN;
    }

    double avgMps() {
        return timed() && elapsed > 0 ? pace.timedM / elapsed : Double.NaN;
    }

    double maxMps() {
        return timed() && elapsed > 0 ? pace.maxMps : Double.NaN;
    }
}
