package io.trekpoint.worker.gpx.measure;

/**
 * How the numbers that depend on a method were got.
 *
 * @param distance {@code haversine}: great circles on a sphere of R = 6 371 008.8 m
 * @param ascent {@code hysteresis}: climbs and descents between turning points, where a turn counts
 *     once the elevation has come back from it by the threshold
 * @param ascentThresholdM that threshold in metres
 * @param movingMinKmh speed above which one counts as moving, in km/h
 */
public record Method(String distance, String ascent, double ascentThresholdM, double movingMinKmh) {

    /** Haversine, hysteresis of 5 m, moving above 1 km/h. */
    public static final Method DEFAULT = new Method("haversine", "hysteresis", 5, 1);
}
