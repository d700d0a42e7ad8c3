package io.trekpoint.worker.gpx.measure;

import org.jspecify.annotations.Nullable;

/**
 * What a line, or several together, measure. An absent number is NaN. Gaps between segments count
 * for nothing: sums over several segments are sums of each alone.
 *
 * @param points number of points
 * @param length2dM ground distance in metres by the method asked for; 0 below two points
 * @param length3dM the same with the difference in elevation where both ends have one
 * @param ascentM metres climbed, by the method asked for
 * @param descentM metres descended, 0 or more, by the method asked for
 * @param eleMinM least elevation in metres
 * @param eleMaxM greatest elevation in metres
 * @param startTime earliest time, epoch milliseconds, or {@code Points.NO_TIME}
 * @param endTime latest time, epoch milliseconds, or {@code Points.NO_TIME}
 * @param elapsedS seconds from the earliest to the latest time of each segment
 * @param movingS seconds between neighbouring timed points further apart than standing still allows
 * @param stoppedS elapsed seconds that are not moving seconds, 0 or more
 * @param movingM metres covered in the moving seconds
 * @param stoppedM metres covered in the stopped seconds, by drift mostly
 * @param avgSpeedMps metres covered between timed points, per elapsed second
 * @param maxSpeedMps greatest speed between neighbouring timed points, not smoothed
 * @param box extent; null without points
 * @param hrAvg mean of the heart rates recorded
 * @param hrMax greatest heart rate recorded
 * @param cadAvg mean of the cadences recorded above zero: coasting and standing are left out
 */
public record Stats(
        int points,
        double length2dM,
        double length3dM,
        double ascentM,
        double descentM,
        double eleMinM,
        double eleMaxM,
        long startTime,
        long endTime,
        double elapsedS,
        double movingS,
        double stoppedS,
        double movingM,
        double stoppedM,
        double avgSpeedMps,
        double maxSpeedMps,
        @Nullable Box box,
        double hrAvg,
        double hrMax,
        double cadAvg) {}
