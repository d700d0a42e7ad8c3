package io.trekpoint.worker.gpx.measure;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;

/** Mean and greatest of one channel's readings above a floor. */
final class Mean {

    private final Channel channel;
    private final double floor;
    private double sum;
    private long count;
    private double max = Double.NEGATIVE_INFINITY;

    /** Only readings above the floor count. */
    Mean(Channel channel, double floor) {
        this.channel = channel;
        this.floor = floor;
    }

    void add(Points line) {
        if (!line.has(channel)) {
            return;
        }
        for (int i = 0; i < line.size(); i++) {
            double value = line.get(channel, i);
            if (value > floor) {
                sum += value;
                count++;
                max = Math.max(max, value);
            }
        }
    }

    void add(Mean other) {
        sum += other.sum;
        count += other.count;
        max = Math.max(max, other.max);
    }

    double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    double max() {
        return count == 0 ? Double.NaN : max;
    }
}
