package io.trekpoint.worker.gpx;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Meter;
import io.trekpoint.worker.gpx.measure.Stats;
import java.util.ArrayList;
import java.util.List;

/** Measures all lines of a file, each for itself and the tracks together. */
final class Measures {

    private Measures() {}

    static GpxResult.Measures of(GpxDocument document, Measuring measuring) {
        var total = new Meter(measuring);
        var tracks = new ArrayList<GpxResult.Line>();
        for (var track : document.tracks()) {
            tracks.add(line(track.about(), track.segments(), measuring, total));
        }
        var routes = new ArrayList<GpxResult.Line>();
        for (var route : document.routes()) {
            var alone = new Meter(measuring);
            routes.add(line(route.about(), List.of(route.points()), measuring, alone));
        }
        return new GpxResult.Measures(
                total.stats(), List.copyOf(tracks), List.copyOf(routes), measuring);
    }

    private static GpxResult.Line line(
            About about, List<Points> segments, Measuring measuring, Meter all) {
        var whole = new Meter(measuring);
        var stats = new ArrayList<Stats>();
        for (var segment : segments) {
            var meter = new Meter(measuring);
            meter.add(segment);
            whole.add(meter);
            stats.add(meter.stats());
        }
        all.add(whole);
        return new GpxResult.Line(about.name(), whole.stats(), List.copyOf(stats));
    }
}
