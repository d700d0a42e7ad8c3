package io.trekpoint.worker.gpx.measure;

import io.trekpoint.lanes.gpx.DistanceMethod;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;

/** Lengths of the steps of a line, one after the other. Not safe for use by several threads. */
abstract sealed class Ruler {

    static Ruler of(DistanceMethod method) {
        return switch (method) {
            case HAVERSINE -> new Haversine();
            case GEODESIC -> new Ellipsoid();
            case GPXPY -> new Gpxpy();
        };
    }

    /** Ground distance in metres from point {@code i - 1} to point {@code i}, asked in order. */
    abstract double flat(Points line, int i);

    /** The same with the difference in elevation, where both ends have one. */
    double slanted(Points line, int i, double flat) {
        double rise = line.get(Channel.ELE, i) - line.get(Channel.ELE, i - 1);
        return Double.isNaN(rise) ? flat : Math.sqrt(flat * flat + rise * rise);
    }

    private static final class Haversine extends Ruler {
        private final Cosine cosine = new Cosine();
        private double cos;

        @Override
        double flat(Points line, int i) {
            double before = i == 1 ? cosine.of(line.lat(0)) : cos;
            cos = cosine.of(line.lat(i));
            return Sphere.distance(
                    line.lat(i - 1), line.lon(i - 1), before, line.lat(i), line.lon(i), cos);
        }
    }

    private static final class Ellipsoid extends Ruler {
        @Override
        double flat(Points line, int i) {
            return Geodesic.WGS84.Inverse(
                            line.lat(i - 1),
                            line.lon(i - 1),
                            line.lat(i),
                            line.lon(i),
                            GeodesicMask.DISTANCE)
                    .s12;
        }
    }

    /** The arithmetic of gpxpy 1.5.0, module geo, function distance. */
    private static final class Gpxpy extends Ruler {
        private static final double RADIUS_M = 6_378_137;
        private static final double ONE_DEGREE_M = 2 * Math.PI * RADIUS_M / 360;
        private static final double NEAR_DEGREES = 0.2;

        @Override
        double flat(Points line, int i) {
            double lat = line.lat(i);
            double lon = line.lon(i);
            double latBefore = line.lat(i - 1);
            double lonBefore = line.lon(i - 1);
            if (far(line, i)) {
                double cos = Sphere.cosine(lat);
                double cosBefore = Sphere.cosine(latBefore);
                return Sphere.angle(lat, lon, cos, latBefore, lonBefore, cosBefore) * RADIUS_M;
            }
            double x = lat - latBefore;
            double y = (lon - lonBefore) * Sphere.cosine(lat);
            return Math.sqrt(x * x + y * y) * ONE_DEGREE_M;
        }

        /** Where it takes the sphere, it leaves elevation out. */
        @Override
        double slanted(Points line, int i, double flat) {
            return far(line, i) ? flat : super.slanted(line, i, flat);
        }

        private static boolean far(Points line, int i) {
            return Math.abs(line.lat(i) - line.lat(i - 1)) > NEAR_DEGREES
                    || Math.abs(line.lon(i) - line.lon(i - 1)) > NEAR_DEGREES;
        }
    }
}
