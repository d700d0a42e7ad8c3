package io.trekpoint.worker.gpx.measure;

/** Distances on a sphere of the Earth's mean radius. */
final class Sphere {

    private static final double RADIUS_M = 6_371_008.8;

    /** Up to here, in radians (127 km), four terms of a series are as good as the function. */
    private static final double SMALL = 0.02;

    private Sphere() {}

    /**
     * Great-circle distance in metres by the haversine formula.
     *
     * @param lat1 latitude in degrees
     * @param cos1 cosine of that latitude, which the caller has from the point before
     */
    static double distance(
            double lat1, double lon1, double cos1, double lat2, double lon2, double cos2) {
        return RADIUS_M * angle(lat1, lon1, cos1, lat2, lon2, cos2);
    }

    /** The same as an angle at the centre, in radians. */
    static double angle(
            double lat1, double lon1, double cos1, double lat2, double lon2, double cos2) {
        double sinLat = sin(Math.toRadians(lat2 - lat1) / 2);
        double sinLon = sin(Math.toRadians(lon2 - lon1) / 2);
        double h = sinLat * sinLat + cos1 * cos2 * sinLon * sinLon;
        return 2 * asin(Math.min(1, Math.sqrt(h)));
    }

    private static double sin(double x) {
        double square = x * x;
        return square < SMALL * SMALL
                ? x * (1 + square * (-1.0 / 6 + square * (1.0 / 120 + square * (-1.0 / 5040))))
                : Math.sin(x);
    }

    private static double asin(double x) {
        double square = x * x;
        return square < SMALL * SMALL
                ? x * (1 + square * (1.0 / 6 + square * (3.0 / 40 + square * (15.0 / 336))))
                : Math.asin(x);
    }

    static double cosine(double latitude) {
        return Math.cos(Math.toRadians(latitude));
    }
}
