package io.trekpoint.worker.gpx.edit;

import io.trekpoint.lanes.gpx.EditOp;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Columns;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import java.util.List;
import java.util.Set;

/** Turns lines around. */
final class Reverser {

    private static final double FULL_CIRCLE = 360;

    private Reverser() {}

    /** Turns every track and route around: the last segment's last point comes first. */
    static GpxDocument reverse(GpxDocument file, EditOp.Reverse.Times times) {
        var routes =
                file.routes().stream()
                        .map(route ->
                                new Route(
                                        route.about(),
                                        lines(List.of(route.points()), times).getFirst()))
                        .toList();
        var tracks =
                file.tracks().stream()
                        .map(track -> new Track(track.about(), lines(track.segments(), times)))
                        .toList();
        return file.with(file.waypoints(), routes, tracks);
    }

    private static List<Points> lines(List<Points> lines, EditOp.Reverse.Times times) {
        return switch (times) {
            case DROP ->
                    lines.reversed().stream()
                            .map(line ->
                                    turned(line, 0).without(new Columns(Set.of(), true, false)))
                            .toList();
            case RECOMPUTE -> {
                // The way back takes as long: what was last is first, at the time the way began.
                long sum = ends(lines);
                yield lines.reversed().stream().map(line -> turned(line, sum)).toList();
            }
        };
    }

    /** The earliest time and the latest, added; 0 without times. */
    private static long ends(List<Points> lines) {
        long earliest = Long.MAX_VALUE;
        long latest = Points.NO_TIME;
        for (var line : lines) {
            for (int i = 0; i < line.size(); i++) {
                if (line.time(i) != Points.NO_TIME) {
                    earliest = Math.min(earliest, line.time(i));
                    latest = Math.max(latest, line.time(i));
                }
            }
        }
        return latest == Points.NO_TIME ? 0 : earliest + latest;
    }

    private static Points turned(Points line, long sum) {
        var turned = line.part(0, 0);
        for (int i = line.size() - 1; i >= 0; i--) {
            turned.addFrom(line, i);
            if (line.time(i) != Points.NO_TIME) {
                turned.setTime(sum - line.time(i));
            }
            double course = line.get(Channel.COURSE, i);
            if (!Double.isNaN(course)) {
                turned.set(Channel.COURSE, (course + FULL_CIRCLE / 2) % FULL_CIRCLE);
            }
        }
        return turned;
    }
}
