package io.trekpoint.worker.gpx.privacy;

import io.trekpoint.lanes.gpx.Privacy;
import io.trekpoint.worker.gpx.document.Columns;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.edit.Cutter;
import io.trekpoint.worker.gpx.edit.Cutter.Fate;
import io.trekpoint.worker.gpx.measure.Steps;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes out of a file what others must not see. A line is cut where it led through a hidden place,
 * also where none of its points lay inside. The file's own time goes, since it tells when and so
 * where a recording began; and so do all extensions that are not interpreted, which may hold
 * positions.
 */
public final class Privatizer {

    private Privatizer() {}

    /**
     * Makes a file private.
     *
     * @param document the file
     * @param wanted what goes
     * @param limits asked now and then whether to go on, and how many lines there may be
     * @throws GpxException {@code TOO_MANY_LINES} where zones cut the lines into more than allowed
     */
    public static MadePrivate run(GpxDocument document, Privacy wanted, GpxLimits limits) {
        var plain = document.without(new Columns(Set.of(), wanted.stripTime(), true));
        plain = plain.with(plain.metadata().at(Points.NO_TIME));
        var trimmed = trimmed(plain, wanted, limits);
        var hidden = new HiddenPlaces(wanted.zones());
        var cutter = new Cutter(limits);
        var shown =
                trimmed.with(
                        cutter.waypoints(
                                trimmed,
                                (line, i) -> hidden.contains(line, i) ? Fate.GONE : Fate.JOINED),
                        cutter.routes(trimmed, hidden::fate),
                        cutter.tracks(trimmed, hidden::fate));
        return new MadePrivate(
                shown,
                document.linePointCount() - shown.linePointCount(),
                document.waypoints().size() - shown.waypoints().size());
    }

    private static GpxDocument trimmed(GpxDocument file, Privacy wanted, GpxLimits limits) {
        if (wanted.trimStartM() == 0 && wanted.trimEndM() == 0) {
            return file;
        }
        var tracks = new ArrayList<Track>();
        for (var track : file.tracks()) {
            limits.check();
            var segments = trimmed(track.segments(), wanted);
            if (!segments.isEmpty()) {
                tracks.add(new Track(track.about(), segments));
            }
        }
        var routes = new ArrayList<Route>();
        for (var route : file.routes()) {
            for (var points : trimmed(List.of(route.points()), wanted)) {
                routes.add(new Route(route.about(), points));
            }
        }
        return file.with(file.waypoints(), List.copyOf(routes), List.copyOf(tracks));
    }

    /**
     * A point stays that is as far along from the start and from the end as was asked, or further.
     */
    private static List<Points> trimmed(List<Points> lines, Privacy wanted) {
        double length = 0;
        var steps = new Steps();
        for (var line : lines) {
            for (int i = 0; i < line.size(); i++) {
                length = steps.to(line, i);
            }
        }
        double end = length - wanted.trimEndM();
        var again = new Steps();
        var kept = new ArrayList<Points>();
        for (var line : lines) {
            int from = -1;
            int to = -1;
            for (int i = 0; i < line.size(); i++) {
                double at = again.to(line, i);
                if (at >= wanted.trimStartM() && at <= end) {
                    from = from < 0 ? i : from;
                    to = i + 1;
                }
            }
            if (from >= 0) {
                kept.add(line.part(from, to));
            }
        }
        return List.copyOf(kept);
    }
}
