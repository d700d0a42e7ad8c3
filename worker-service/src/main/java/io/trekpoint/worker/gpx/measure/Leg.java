package io.trekpoint.worker.gpx.measure;

/**
 * The straight way over the ground from one place to another, to which distances are asked. It lies
 * in the plane of both places and of the vertical halfway, which is where the geodesic lies but for
 * centimetres. Within 0.5 % of the distance up to legs of 1 000 km; for antipodes, whose straight
 * way is any, the distance to the nearer end. Used again for the next leg; not safe for use by
 * several threads.
 */
public final class Leg {

    private static final double RADIUS_M = 6_371_008.8;
    private static final double SHORT_M = 10_000;

    private double ax;
    private double ay;
    private double az;
    private double bx;
    private double by;
    private double bz;
    private double ux;
    private double uy;
    private double uz;
    private double nx;
    private double ny;
    private double nz;
    private double length2;
    private boolean plane;

    /** Not yet a leg. */
    public Leg() {}

    /** Makes it the leg between two places. */
    public void set(Ground a, Ground b) {
        set(a.x(), a.y(), a.z(), b.x(), b.y(), b.z());
    }

    void set(double fromX, double fromY, double fromZ, double toX, double toY, double toZ) {
        ax = fromX;
        ay = fromY;
        az = fromZ;
        bx = toX;
        by = toY;
        bz = toZ;
        ux = bx - ax;
        uy = by - ay;
        uz = bz - az;
        length2 = ux * ux + uy * uy + uz * uz;
        // The vertical halfway: the sum of the two normals of the ellipsoid.
        double vx = ax + bx;
        double vy = ay + by;
        double vz = (az + bz) / (1 - Ground.E2);
        nx = uy * vz - uz * vy;
        ny = uz * vx - ux * vz;
        nz = ux * vy - uy * vx;
        double norm = Math.sqrt(nx * nx + ny * ny + nz * nz);
        plane = norm > 1e-6 * length2;
        nx /= norm;
        ny /= norm;
        nz /= norm;
    }

    /** Metres from a place to the nearest of the leg. */
    public double distance(Ground place) {
        return distance(place.x(), place.y(), place.z());
    }

    double distance(double x, double y, double z) {
        double px = x - ax;
        double py = y - ay;
        double pz = z - az;
        double along = px * ux + py * uy + pz * uz;
        if (plane && along >= 0 && along <= length2) {
            double off = Math.abs(px * nx + py * ny + pz * nz);
            return off < SHORT_M ? off : RADIUS_M * Math.asin(Math.min(1, off / RADIUS_M));
        }
        double fromStart = px * px + py * py + pz * pz;
        double qx = x - bx;
        double qy = y - by;
        double qz = z - bz;
        return arc(Math.sqrt(Math.min(fromStart, qx * qx + qy * qy + qz * qz)));
    }

    /** The way over the ground that belongs to a straight line through it. */
    static double arc(double chord) {
        return chord < SHORT_M
                ? chord
                : 2 * RADIUS_M * Math.asin(Math.min(1, chord / (2 * RADIUS_M)));
    }
}
