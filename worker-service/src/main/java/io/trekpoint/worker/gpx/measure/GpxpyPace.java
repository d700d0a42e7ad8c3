package io.trekpoint.worker.gpx.measure;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;
import java.util.Arrays;

/**
 * As gpxpy 1.5.0 counts, module gpx, method get_moving_data: steps that cover nothing do not count
 * at all, an elevation of 0 is taken for none, and the greatest speed leaves out the steps whose
 * length is far from the usual and the fastest twentieth of the rest.
 */
final class GpxpyPace extends Pace {

    private static final double USUAL_DEVIATIONS = 1.5;
    private static final double LEFT_OUT = 0.05;

    private double[] speeds = {};
    private double[] lengths = {};
    private int steps;
    private boolean moved;

    GpxpyPace(Measuring measuring) {
        super(measuring);
    }

    @Override
    void first(Points line) {
        steps = 0;
        moved = false;
    }

    @Override
    void next(Points line, int i, double flat, double slanted) {
        if (line.time(i) == Points.NO_TIME || line.time(i - 1) == Points.NO_TIME) {
            return;
        }
        boolean high = elevated(line, i) && elevated(line, i - 1);
        double metres = high ? slanted : flat;
        double seconds = (line.time(i) - line.time(i - 1)) / 1000.0;
        if (!(seconds > 0) || !(metres > 0)) {
            return;
        }
        double before = movingS;
        stretch(metres, seconds);
        moved |= movingS > before;
        if (moved) {
            remember(metres / seconds, metres);
        }
    }

    private static boolean elevated(Points line, int i) {
        double ele = line.get(Channel.ELE, i);
        return !Double.isNaN(ele) && ele != 0;
    }

    private void remember(double speed, double length) {
        if (steps == speeds.length) {
            int capacity = Math.max(64, steps + (steps >> 1));
            speeds = Arrays.copyOf(speeds, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        speeds[steps] = speed;
        lengths[steps++] = length;
    }

    @Override
    void end() {
        super.end();
        if (steps < 2) {
            return;
        }
        double mean = Arrays.stream(lengths, 0, steps).sum() / steps;
        double squares = 0;
        for (int i = 0; i < steps; i++) {
            squares += (lengths[i] - mean) * (lengths[i] - mean);
        }
        double usual = Math.sqrt(squares / steps) * USUAL_DEVIATIONS;
        int kept = 0;
        for (int i = 0; i < steps; i++) {
            if (Math.abs(lengths[i] - mean) <= usual) {
                speeds[kept++] = speeds[i];
            }
        }
        if (kept > 0) {
            Arrays.sort(speeds, 0, kept);
            maxMps = Math.max(maxMps, speeds[Math.min(kept - 1, (int) (kept * (1 - LEFT_OUT)))]);
        }
    }
}
