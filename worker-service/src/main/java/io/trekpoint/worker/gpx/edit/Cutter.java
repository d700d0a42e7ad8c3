package io.trekpoint.worker.gpx.edit;

import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes points out of lines and cuts lines apart, within limits: a line may be made to be cut at
 * each of its points. Not safe for use by several threads.
 */
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

    private static final int CHECK_EVERY = 1 << 12;

    private final GpxLimits limits;
    private int looks;
    private int lines;

    /**
     * Nothing cut yet.
     *
     * @param limits asked now and then whether to go on, and how many lines all cutting may make
     */
    public Cutter(GpxLimits limits) {
        this.limits = limits;
    }

    /**
     * Cuts the segments of all tracks; a track of which nothing is left goes.
     *
     * @param document the file
     * @param judge decides about all track points of the file in order
     * @throws GpxException {@code TOO_MANY_LINES}
     */
    public List<Track> tracks(GpxDocument document, Judge judge) {
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

    /**
     * Cuts all routes; each stretch of a route is a route.
     *
     * @throws GpxException {@code TOO_MANY_LINES}
     */
    public List<Route> routes(GpxDocument document, Judge judge) {
        var routes = new ArrayList<Route>();
        for (var route : document.routes()) {
            cut(route.points(), judge)
                    .forEach(stretch -> routes.add(new Route(route.about(), stretch)));
        }
        return List.copyOf(routes);
    }

    /** The points that stay, each for itself: waypoints are no line. */
    public Points waypoints(GpxDocument document, Judge judge) {
        var stay = new Points();
        var all = document.waypoints();
        for (int i = 0; i < all.size(); i++) {
            if (fate(judge, all, i) != Fate.GONE) {
                stay.addFrom(all, i);
            }
        }
        return stay;
    }

    private List<Points> cut(Points line, Judge judge) {
        var stretches = new ArrayList<Points>();
        int from = -1;
        for (int i = 0; i < line.size(); i++) {
            Fate fate = fate(judge, line, i);
            if (from >= 0 && fate != Fate.JOINED) {
                stretches.add(stretch(line, from, i));
                from = -1;
            }
            if (from < 0 && fate != Fate.GONE) {
                from = i;
            }
        }
        if (from >= 0) {
            stretches.add(stretch(line, from, line.size()));
        }
        return stretches;
    }

    private Points stretch(Points line, int from, int to) {
        if (++lines > limits.maxLines()) {
            throw new GpxException(GpxException.Code.TOO_MANY_LINES);
        }
        return line.part(from, to);
    }

    private Fate fate(Judge judge, Points line, int i) {
        if (++looks % CHECK_EVERY == 0) {
            limits.check();
        }
        return judge.of(line, i);
    }
}
