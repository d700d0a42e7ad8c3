package io.trekpoint.lanes.gpx;

/** How the length of a line is got. */
public enum DistanceMethod {
    /** Great circles on a sphere of R = 6 371 008.8 m. */
    HAVERSINE,
    /** Geodesics on the WGS84 ellipsoid. */
    GEODESIC,
    /**
     * The arithmetic of gpxpy 1.5.0: R = 6 378 137 m, planar where the difference in degrees is
     * small.
     */
    GPXPY
}
