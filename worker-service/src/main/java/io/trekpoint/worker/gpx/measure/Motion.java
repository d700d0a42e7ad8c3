package io.trekpoint.worker.gpx.measure;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;

/** Lengths, and what became of the time while they were covered. */
final class Motion {

    private final double minMps;
    private double length2d;
    private double length3d;
    private long start = Points.NO_TIME;
    private long end = Points.NO_TIME;
    private double elapsed;
    private double timedM;
    private double movingS;
    private double movingM;
    private double maxMps;

    Motion(double movingMinKmh) {
        minMps = movingMinKmh / 3.6;
    }

    /** Adds one line; neither distance nor time passes between it and the line before. */
    void add(Points line) {
        long earliest = Points.NO_TIME;
        long latest = Points.NO_TIME;
        long lastTime = Points.NO_TIME;
        double sinceLastTime = 0;
        double cos = 0;
        for (int i = 0; i < line.size(); i++) {
            double cosBefore = cos;
            cos = Sphere.cosine(line.lat(i));
            if (i > 0) {
                sinceLastTime += step(line, i, cosBefore, cos);
            }
            long time = line.time(i);
            if (time == Points.NO_TIME) {
                continue;
            }
            // Of several points at one moment the way adds up until the clock goes on.
            if (lastTime == Points.NO_TIME || time < lastTime) {
                sinceLastTime = 0;
            } else if (time > lastTime) {
                move(sinceLastTime, (time - lastTime) / 1000.0);
                sinceLastTime = 0;
            }
            lastTime = time;
            earliest = earliest == Points.NO_TIME ? time : Math.min(earliest, time);
            latest = Math.max(latest, time);
        }
        if (latest != Points.NO_TIME) {
            elapsed += (latest - earliest) / 1000.0;
            widen(earliest, latest);
        }
    }

    private double step(Points line, int i, double cosBefore, double cos) {
        double flat =
                Sphere.distance(
                        line.lat(i - 1), line.lon(i - 1), cosBefore, line.lat(i), line.lon(i), cos);
        double rise = line.get(Channel.ELE, i) - line.get(Channel.ELE, i - 1);
        length2d += flat;
        length3d += Double.isNaN(rise) ? flat : Math.sqrt(flat * flat + rise * rise);
        return flat;
    }

    private void move(double metres, double seconds) {
        double speed = metres / seconds;
        timedM += metres;
        maxMps = Math.max(maxMps, speed);
        if (speed > minMps) {
            movingS += seconds;
            movingM += metres;
        }
    }

    private void widen(long earliest, long latest) {
        start = start == Points.NO_TIME ? earliest : Math.min(start, earliest);
        end = Math.max(end, latest);
    }

    void add(Motion other) {
        length2d += other.length2d;
        length3d += other.length3d;
        timedM += other.timedM;
        movingS += other.movingS;
        movingM += other.movingM;
        maxMps = Math.max(maxMps, other.maxMps);
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
        return timed() ? movingS : Double.NaN;
    }

    /** A clock that went back makes more seconds of moving than the line lasted: never below 0. */
    double stoppedS() {
        return timed() ? Math.max(0, elapsed - movingS) : Double.NaN;
    }

    double movingM() {
        return timed() ? movingM : Double.NaN;
    }

    double avgMps() {
        return timed() && elapsed > 0 ? timedM / elapsed : Double.NaN;
    }

    double maxMps() {
        return timed() && elapsed > 0 ? maxMps : Double.NaN;
    }
}
