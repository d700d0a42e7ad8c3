package io.trekpoint.worker.gpx.measure;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Points;

/** Ours: stretches between neighbouring timed points, on the ground. */
final class ClockPace extends Pace {

    private long lastTime;
    private double sinceLastTime;

    ClockPace(Measuring measuring) {
        super(measuring);
    }

    @Override
    void first(Points line) {
        lastTime = line.time(0);
        sinceLastTime = 0;
    }

    @Override
    void next(Points line, int i, double flat, double slanted) {
        sinceLastTime += flat;
        long time = line.time(i);
        if (time == Points.NO_TIME) {
            return;
        }
        // Of several points at one moment the way adds up until the clock goes on.
        if (lastTime == Points.NO_TIME || time < lastTime) {
            sinceLastTime = 0;
        } else if (time > lastTime) {
            double seconds = (time - lastTime) / 1000.0;
            maxMps = Math.max(maxMps, sinceLastTime / seconds);
            stretch(sinceLastTime, seconds);
            sinceLastTime = 0;
        }
        lastTime = time;
    }
}
