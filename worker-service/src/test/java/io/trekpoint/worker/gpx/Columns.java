package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import java.util.ArrayList;
import java.util.List;

/** A document as lists that can be compared: everything but version and creator. */
public final class Columns {

    private record Point(double lat, double lon, long time, List<Double> readings, About about) {}

    private Columns() {}

    /** All that a document holds. */
    public static List<Object> of(GpxDocument document) {
        var all = new ArrayList<>();
        all.add(document.metadata());
        all.add(String.valueOf(document.extensions()));
        all.add(points(document.waypoints()));
        for (var route : document.routes()) {
            all.add(route.about());
            all.add(points(route.points()));
        }
        for (var track : document.tracks()) {
            all.add(track.about());
            for (var segment : track.segments()) {
                all.add(String.valueOf(segment.extensions()));
                all.add(points(segment));
            }
        }
        return all;
    }

    private static List<Point> points(Points points) {
        var list = new ArrayList<Point>();
        for (int i = 0; i < points.size(); i++) {
            var readings = new ArrayList<Double>();
            for (var channel : Channel.values()) {
                readings.add(points.get(channel, i));
            }
            list.add(
                    new Point(
                            points.lat(i),
                            points.lon(i),
                            points.time(i),
                            readings,
                            points.about(i)));
        }
        return list;
    }
}
