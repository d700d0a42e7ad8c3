package io.trekpoint.worker.gpx.edit;

import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.read.Warning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes one file of several, and one track of all their tracks. */
final class Merger {

    private Merger() {}

    /**
     * Joins files. Segments stay apart, by time where all have some, else as they come; the words
     * are those of the first file and of the first track that has some. Waypoints and routes follow
     * one another.
     *
     * @param warnings gets {@code TIMES_OVERLAP} where a segment begins before the one ahead ends
     */
    static GpxDocument merge(List<GpxDocument> files, List<Warning> warnings) {
        var segments = new ArrayList<Points>();
        var waypoints = new Points();
        var routes = new ArrayList<Route>();
        About about = About.NOTHING;
        for (var file : files) {
            for (var track : file.tracks()) {
                about = about.equals(About.NOTHING) ? track.about() : about;
                track.segments().stream().filter(s -> s.size() > 0).forEach(segments::add);
            }
            for (int i = 0; i < file.waypoints().size(); i++) {
                waypoints.addFrom(file.waypoints(), i);
            }
            routes.addAll(file.routes());
        }
        if (segments.stream().allMatch(segment -> begin(segment) != Points.NO_TIME)) {
            segments.sort(Comparator.comparingLong(Merger::begin));
            int overlaps = overlaps(segments);
            if (overlaps > 0) {
                warnings.add(new Warning(Warning.Code.TIMES_OVERLAP, overlaps, 0));
            }
        }
        var tracks = segments.isEmpty() ? List.<Track>of() : List.of(new Track(about, segments));
        return files.getFirst().with(waypoints, List.copyOf(routes), tracks);
    }

    /** The first time that a segment knows; {@link Points#NO_TIME} for none. */
    private static long begin(Points segment) {
        for (int i = 0; segment.hasTimes() && i < segment.size(); i++) {
            if (segment.time(i) != Points.NO_TIME) {
                return segment.time(i);
            }
        }
        return Points.NO_TIME;
    }

    private static int overlaps(List<Points> segments) {
        int overlaps = 0;
        long end = Points.NO_TIME;
        for (var segment : segments) {
            if (end != Points.NO_TIME && begin(segment) < end) {
                overlaps++;
            }
            for (int i = 0; i < segment.size(); i++) {
                end = Math.max(end, segment.time(i));
            }
        }
        return overlaps;
    }
}
