package io.trekpoint.lanes.gpx;

/**
 * How lines are measured.
 *
 * @param distance how lengths are got
 * @param ascent how ascent and descent are got
 * @param thresholdM what {@code HYSTERESIS} takes for a turn, in metres, 0 or more
 * @param minKmh speed above which one counts as moving, in km/h, 0 or more
 * @param minStopS the shortest standstill that counts as a stop, in seconds, 0 or more
 */
public record Measuring(
        DistanceMethod distance,
        AscentMethod ascent,
        double thresholdM,
        double minKmh,
        double minStopS) {
    /** Haversine, hysteresis of 5 m, moving above 1 km/h, every standstill a stop. */
    public static final Measuring DEFAULT =
            new Measuring(DistanceMethod.HAVERSINE, AscentMethod.HYSTERESIS, 5, 1, 0);
}
