package io.trekpoint.worker.gpx.measure;

import io.trekpoint.worker.gpx.document.Points;
import java.util.List;

/**
 * Several lines as places in space, their points numbered through from 0. Immutable; 24 bytes a
 * point.
 */
public final class Shape {

    private final double[] x;
    private final double[] y;
    private final double[] z;

    /** The shape of some lines. */
    public Shape(List<Points> lines) {
        int size = lines.stream().mapToInt(Points::size).sum();
        x = new double[size];
        y = new double[size];
        z = new double[size];
        int at = 0;
        for (var line : lines) {
            for (int i = 0; i < line.size(); i++, at++) {
                var place = Ground.at(line.lat(i), line.lon(i));
                x[at] = place.x();
                y[at] = place.y();
                z[at] = place.z();
            }
        }
    }

    /** How many points there are. */
    public int size() {
        return x.length;
    }

    /** Makes a leg the one between two points. */
    public void span(Leg leg, int a, int b) {
        leg.set(x[a], y[a], z[a], x[b], y[b], z[b]);
    }

    /** Metres from a point to a leg. */
    public double distance(Leg leg, int point) {
        return leg.distance(x[point], y[point], z[point]);
    }

    /** Twice the area in square metres of the triangle of three points. */
    public double area(int a, int b, int c) {
        double ux = x[b] - x[a];
        double uy = y[b] - y[a];
        double uz = z[b] - z[a];
        double vx = x[c] - x[a];
        double vy = y[c] - y[a];
        double vz = z[c] - z[a];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        return Math.sqrt(nx * nx + ny * ny + nz * nz);
    }
}
