package io.trekpoint.worker.gpx.edit;

import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import java.util.ArrayList;
import java.util.List;

/** Takes points out of lines and cuts lines apart. */
public final class Cutter {

    /** What becomes of a point. */
    public enum Fate {
        /** It stays, joined to the one before. */
        JOINED,
        /** It stays, and a new line begins with it. */
        PARTED,
        /** It goes, and the line is cut there. */
        GONE
    }

    /** Decides about the points of one line, in order. */
    @FunctionalInterface
    public interface Judge {
        /**
         * What becomes of a point.
         *
         * @param line its line
         * @param i its index there
         */
        Fate of(Points line, int i);
    }

    private Cutter() {}

    /**
     * Cuts the segments of all tracks; a track of which nothing is left goes.
     *
     * @param document the file
     * @param judge decides about all track points of the file in order
     */
    public static List<Track> tracks(GpxDocument document, Judge judge) {
        var tracks = new ArrayList<Track>();
        for (var track : document.tracks()) {
            var segments = new ArrayList<Points>();
            track.segments().forEach(segment -> segments.addAll(cut(segment, judge)));
            if (!segments.isEmpty() || track.segments().stream().allMatch(s -> s.size() == 0)) {
                tracks.add(new Track(track.about(), List.copyOf(segments)));
            }
        }
        return List.copyOf(tracks);
    }

    /** Cuts all routes; each stretch of a route is a route. */
    public static List<Route> routes(GpxDocument document, Judge judge) {
        var routes = new ArrayList<Route>();
        for (var route : document.routes()) {
            cut(route.points(), judge)
                    .forEach(stretch -> routes.add(new Route(route.about(), stretch)));
        }
        return List.copyOf(routes);
    }

    /** The points that stay, each for itself: waypoints are no line. */
    public static Points waypoints(GpxDocument document, Judge judge) {
        var stay = new Points();
        var all = document.waypoints();
        for (int i = 0; i < all.size(); i++) {
            if (judge.of(all, i) != Fate.GONE) {
                stay.addFrom(all, i);
            }
        }
        return stay;
    }

    private static List<Points> cut(Points line, Judge judge) {
        var stretches = new ArrayList<Points>();
        Points open = null;
        for (int i = 0; i < line.size(); i++) {
            Fate fate = judge.of(line, i);
            if (fate == Fate.GONE) {
                open = null;
                continue;
            }
            if (open == null || fate == Fate.PARTED) {
                open = line.part(0, 0);
                stretches.add(open);
            }
            open.addFrom(line, i);
        }
        return stretches;
    }
}
