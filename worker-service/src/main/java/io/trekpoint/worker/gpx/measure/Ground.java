package io.trekpoint.worker.gpx.measure;

/**
 * A place on the WGS84 ellipsoid as a point in space.
 *
 * @param x metres towards 0° E on the equator
 * @param y metres towards 90° E on the equator
 * @param z metres towards the north pole
 */
public record Ground(double x, double y, double z) {
    private static final double EQUATOR_M = 6_378_137;
    private static final double FLATTENING = 1 / 298.257223563;

    /** Square of the eccentricity. */
    static final double E2 = FLATTENING * (2 - FLATTENING);

    /**
     * The place of coordinates.
     *
     * @param lat degrees north
     * @param lon degrees east
     */
    public static Ground at(double lat, double lon) {
        double phi = Math.toRadians(lat);
        double lambda = Math.toRadians(lon);
        double sin = Math.sin(phi);
        double radius = EQUATOR_M / Math.sqrt(1 - E2 * sin * sin);
        double across = radius * Math.cos(phi);
        return new Ground(
                across * Math.cos(lambda), across * Math.sin(lambda), radius * (1 - E2) * sin);
    }

    /** Metres over the ground to another place; within 0.2 % up to 1 000 km. */
    public double distance(Ground other) {
        return Leg.arc(Math.sqrt(square(x - other.x) + square(y - other.y) + square(z - other.z)));
    }

    private static double square(double value) {
        return value * value;
    }
}
