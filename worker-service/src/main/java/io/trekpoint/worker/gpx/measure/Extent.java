package io.trekpoint.worker.gpx.measure;

import io.trekpoint.worker.gpx.document.Points;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest box around lines on a globe. Each line sweeps an arc of longitudes, followed across
 * the dateline; the box leaves out the widest stretch that no arc covers.
 */
final class Extent {

    /** From west, within -180 to 180, eastwards to east, which may lie beyond 180. */
    private record Arc(double west, double east) {}

    private final List<Arc> arcs = new ArrayList<>();
    private double south = Double.POSITIVE_INFINITY;
    private double north = Double.NEGATIVE_INFINITY;

    void add(Points line) {
        if (line.size() == 0) {
            return;
        }
        double least = line.lon(0);
        double greatest = least;
        double turns = 0;
        for (int i = 0; i < line.size(); i++) {
            south = Math.min(south, line.lat(i));
            north = Math.max(north, line.lat(i));
            double step = i == 0 ? 0 : line.lon(i) - line.lon(i - 1);
            if (Math.abs(step) > 180) {
                turns -= Math.copySign(360, step);
            }
            double lon = line.lon(i) + turns;
            least = Math.min(least, lon);
            greatest = Math.max(greatest, lon);
        }
        double shift = least < -180 ? 360 * Math.ceil((-180 - least) / 360) : 0;
        shift = least > 180 ? -360 * Math.ceil((least - 180) / 360) : shift;
        arcs.add(new Arc(least + shift, greatest + shift));
    }

    void add(Extent other) {
        arcs.addAll(other.arcs);
        south = Math.min(south, other.south);
        north = Math.max(north, other.north);
    }

    @Nullable Box box() {
        if (arcs.isEmpty()) {
            return null;
        }
        arcs.sort(Comparator.comparingDouble(Arc::west).thenComparingDouble(Arc::east));
        double farthest = arcs.stream().mapToDouble(Arc::east).max().orElseThrow();
        // What reaches past 180 covers the beginning of the circle too.
        double covered = farthest - 360;
        double widest = 0;
        double west = -180;
        double east = 180;
        for (int i = 0; i < arcs.size(); i++) {
            var arc = arcs.get(i);
            if (arc.west() - covered > widest) {
                widest = arc.west() - covered;
                west = arc.west();
                east = i == 0 ? farthest : covered;
            }
            covered = Math.max(covered, arc.east());
        }
        return new Box(west, south, wrap(east), north);
    }

    private static double wrap(double lon) {
        return lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
    }
}
