package io.trekpoint.worker.gpx.measure;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.read.GpxLimits;

/** Measures lines, one or several together. Not safe for use by several threads. */
public final class Meter {

    private final Motion motion;
    private final Climb climb;
    private final Extent extent = new Extent();
    private final Mean heartRate = new Mean(Channel.HR, 0);
    private final Mean cadence = new Mean(Channel.CAD, 0);
    private int points;

    /**
     * Nothing measured yet.
     *
     * @param measuring how to measure
     */
    public Meter(Measuring measuring) {
        this(measuring, GpxLimits.DEFAULT);
    }

    /**
     * Nothing measured yet.
     *
     * @param measuring how to measure
     * @param limits asked every few thousand points whether to go on
     */
    public Meter(Measuring measuring, GpxLimits limits) {
        motion = new Motion(measuring, limits);
        climb = Climb.of(measuring);
    }

    /**
     * Adds a line; nothing is measured between it and the line before.
     *
     * @param line an unbroken line
     */
    public void add(Points line) {
        points += line.size();
        motion.add(line);
        climb.add(line);
        extent.add(line);
        heartRate.add(line);
        cadence.add(line);
    }

    /**
     * Adds what another meter has measured.
     *
     * @param other a meter of the same method; unchanged
     */
    public void add(Meter other) {
        points += other.points;
        motion.add(other.motion);
        climb.add(other.climb);
        extent.add(other.extent);
        heartRate.add(other.heartRate);
        cadence.add(other.cadence);
    }

    /**
     * What was measured so far.
     *
     * @return the numbers
     */
    public Stats stats() {
        return new Stats(
                points,
                motion.length2d(),
                motion.length3d(),
                climb.ascent(),
                climb.descent(),
                climb.lowest(),
                climb.highest(),
                motion.start(),
                motion.end(),
                motion.elapsedS(),
                motion.movingS(),
                motion.stoppedS(),
                motion.movingM(),
                motion.stoppedM(),
                motion.avgMps(),
                motion.maxMps(),
                extent.box(),
                heartRate.mean(),
                heartRate.max(),
                cadence.mean());
    }
}
