package io.trekpoint.worker.gpx.measure;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;

/**
 * Ascent and descent with hysteresis: small ups and downs, which GPS and barometers make of noise,
 * do not count; a climb between two turning points counts whole.
 */
final class HysteresisClimb extends Climb {

    private final double threshold;

    HysteresisClimb(double thresholdM) {
        threshold = thresholdM;
    }

    @Override
    void climb(Points line) {
        int direction = 0;
        double low = Double.NaN;
        double high = Double.NaN;
        for (int i = 0; i < line.size(); i++) {
            double ele = line.get(Channel.ELE, i);
            if (Double.isNaN(ele)) {
                continue;
            }
            if (Double.isNaN(low)) {
                low = ele;
                high = ele;
            }
            // Undecided, both ends widen. Rising, low is the last turn and high the furthest since;
            // falling, the other way round.
            if (direction >= 0) {
                high = Math.max(high, ele);
            }
            if (direction <= 0) {
                low = Math.min(low, ele);
            }
            if (direction >= 0 && high - ele >= threshold) {
                ascent += direction > 0 ? high - low : 0;
                direction = -1;
                low = ele;
            } else if (direction <= 0 && ele - low >= threshold) {
                descent += direction < 0 ? high - low : 0;
                direction = 1;
                high = ele;
            }
        }
        ascent += direction > 0 ? high - low : 0;
        descent += direction < 0 ? high - low : 0;
    }
}
