package io.trekpoint.worker.gpx.measure;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;

/**
 * Every rise and every fall from point to point: of the elevations as they stand, or smoothed as
 * gpxpy 1.5.0 does, module geo, function calculate_uphill_downhill.
 */
final class StepClimb extends Climb {

    private static final double NEIGHBOUR = 0.3;
    private static final double ITSELF = 0.4;

    private final boolean gpxpy;

    StepClimb(boolean gpxpy) {
        this.gpxpy = gpxpy;
    }

    @Override
    void climb(Points line) {
        double before = Double.NaN;
        for (int i = 0; i < line.size(); i++) {
            double ele = gpxpy ? smoothed(line, i) : line.get(Channel.ELE, i);
            if (Double.isNaN(ele)) {
                continue;
            }
            double rise = ele - before;
            if (rise > 0) {
                ascent += rise;
            } else if (rise < 0) {
                descent -= rise;
            }
            before = ele;
        }
    }

    /** What has no elevation counts as 0, as it does there. */
    private static double smoothed(Points line, int i) {
        double ele = line.get(Channel.ELE, i);
        if (Double.isNaN(ele)) {
            return 0;
        }
        if (i == 0 || i == line.size() - 1) {
            return ele;
        }
        double smooth =
                line.get(Channel.ELE, i - 1) * NEIGHBOUR
                        + ele * ITSELF
                        + line.get(Channel.ELE, i + 1) * NEIGHBOUR;
        return Double.isNaN(smooth) ? ele : smooth;
    }
}
