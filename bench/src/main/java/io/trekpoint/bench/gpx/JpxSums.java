package io.trekpoint.bench.gpx;

import io.jenetics.jpx.TrackSegment;
import io.jenetics.jpx.WayPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Length by the haversine formula, every rise, and the time from first to last: sums as our own job
 * makes them, of the points that jpx has read.
 */
final class JpxSums {

    private static final double RADIUS_M = 6_371_008.8;

    private double metres;
    private double ascent;
    private long seconds;

    void add(TrackSegment segment) {
        WayPoint before = null;
        Instant first = null;
        Instant last = null;
        for (var point : segment) {
            if (before != null) {
                metres += distance(before, point);
                ascent += Math.max(0, ele(point) - ele(before));
            }
            last = point.getTime().orElse(last);
            first = first == null ? last : first;
            before = point;
        }
        seconds += first == null ? 0 : elapsed(first, last);
    }

    private static long elapsed(Instant first, @Nullable Instant last) {
        return last == null ? 0 : last.getEpochSecond() - first.getEpochSecond();
    }

    private static double ele(WayPoint point) {
        return point.getElevation().map(ele -> ele.doubleValue()).orElse(0.0);
    }

    private static double distance(WayPoint a, WayPoint b) {
        double lat = b.getLatitude().toRadians() - a.getLatitude().toRadians();
        double lon = b.getLongitude().toRadians() - a.getLongitude().toRadians();
        double sinLat = Math.sin(lat / 2);
        double sinLon = Math.sin(lon / 2);
        double h =
                sinLat * sinLat
                        + Math.cos(a.getLatitude().toRadians())
                                * Math.cos(b.getLatitude().toRadians())
                                * sinLon
                                * sinLon;
        return 2 * RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    @Override
    public String toString() {
        return "%.3f m, %.1f m up, %d s".formatted(metres, ascent, seconds);
    }
}
