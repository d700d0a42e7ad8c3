package io.trekpoint.worker.gpx.simplify;

import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.measure.Leg;
import io.trekpoint.worker.gpx.measure.Shape;
import io.trekpoint.worker.gpx.read.GpxLimits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Thins lines out. The ends of every line stay. */
public final class Simplifier {

    private Simplifier() {}

    /**
     * Thins out all tracks and routes of a file.
     *
     * @param document the file
     * @param wanted which points go; with a greatest number of points, the ends of the lines stay
     *     even where they are more
     * @param limits asked now and then whether to go on
     * @return the thinner file and what it cost
     */
    public static Simplified run(GpxDocument document, Simplifying wanted, GpxLimits limits) {
        var lines = lines(document);
        var shape = new Shape(lines);
        var kept = fixed(lines, shape.size(), wanted.keepEle());
        switch (wanted.algorithm()) {
            case RDP -> new Rdp(shape, kept, limits).run(wanted);
            case VISVALINGAM -> new Visvalingam(shape, kept, limits).run(wanted);
        }
        var thinner = rebuild(document, kept);
        return new Simplified(
                thinner, shape.size(), thinner.linePointCount(), greatestError(shape, kept));
    }

    private static List<Points> lines(GpxDocument document) {
        var lines = new ArrayList<Points>();
        document.tracks().forEach(track -> lines.addAll(track.segments()));
        document.routes().forEach(route -> lines.add(route.points()));
        return lines;
    }

    /** The points that stay whatever happens. */
    private static Kept fixed(List<Points> lines, int size, boolean keepEle) {
        var points = new BitSet(size);
        var starts = new BitSet(size);
        int at = 0;
        for (var line : lines) {
            if (line.size() > 0) {
                starts.set(at);
                points.set(at);
                points.set(at + line.size() - 1);
                if (keepEle && line.has(Channel.ELE)) {
                    extremes(line, at, points);
                }
            }
            at += line.size();
        }
        return new Kept(points, starts, size);
    }

    private static void extremes(Points line, int at, BitSet points) {
        int lowest = -1;
        int highest = -1;
        for (int i = 0; i < line.size(); i++) {
            double ele = line.get(Channel.ELE, i);
            if (Double.isNaN(ele)) {
                continue;
            }
            if (lowest < 0 || ele < line.get(Channel.ELE, lowest)) {
                lowest = i;
            }
            if (highest < 0 || ele > line.get(Channel.ELE, highest)) {
                highest = i;
            }
        }
        if (lowest >= 0) {
            points.set(at + lowest);
            points.set(at + highest);
        }
    }

    private static GpxDocument rebuild(GpxDocument document, Kept kept) {
        var tracks = new ArrayList<Track>();
        int at = 0;
        for (var track : document.tracks()) {
            var segments = new ArrayList<Points>();
            for (var segment : track.segments()) {
                segments.add(thinner(segment, at, kept));
                at += segment.size();
            }
            tracks.add(new Track(track.about(), List.copyOf(segments)));
        }
        var routes = new ArrayList<Route>();
        for (var route : document.routes()) {
            routes.add(new Route(route.about(), thinner(route.points(), at, kept)));
            at += route.points().size();
        }
        return document.with(document.waypoints(), List.copyOf(routes), List.copyOf(tracks));
    }

    private static Points thinner(Points line, int at, Kept kept) {
        var thin = line.part(0, 0);
        for (int i = 0; i < line.size(); i++) {
            if (kept.points().get(at + i)) {
                thin.addFrom(line, i);
            }
        }
        return thin;
    }

    private static double greatestError(Shape shape, Kept kept) {
        var leg = new Leg();
        double greatest = 0;
        int from = kept.points().nextSetBit(0);
        while (from >= 0) {
            int to = kept.points().nextSetBit(from + 1);
            if (to > from + 1) {
                shape.span(leg, from, to);
                for (int i = from + 1; i < to; i++) {
                    greatest = Math.max(greatest, shape.distance(leg, i));
                }
            }
            from = to;
        }
        return greatest;
    }
}
