package io.trekpoint.worker.gpx;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Meter;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.read.GpxLimits;
import java.util.ArrayList;
import java.util.List;

/** Measures all lines of a file, each for itself and the tracks together. */
final class Measures {

    private final Measuring measuring;
    private final GpxLimits limits;

    private Measures(Measuring measuring, GpxLimits limits) {
        this.measuring = measuring;
        this.limits = limits;
    }

    static GpxResult.Measures of(GpxDocument document, Measuring measuring, GpxLimits limits) {
        return new Measures(measuring, limits).of(document);
    }

    private GpxResult.Measures of(GpxDocument document) {
        var total = newMeter();
        var tracks = new ArrayList<GpxResult.Line>();
        for (var track : document.tracks()) {
            tracks.add(line(track.about(), track.segments(), total));
        }
        var routes = new ArrayList<GpxResult.Line>();
        for (var route : document.routes()) {
            routes.add(line(route.about(), List.of(route.points()), newMeter()));
        }
        return new GpxResult.Measures(
                total.stats(), List.copyOf(tracks), List.copyOf(routes), measuring);
    }

    private GpxResult.Line line(About about, List<Points> segments, Meter all) {
        var whole = newMeter();
        var stats = new ArrayList<Stats>();
        for (var segment : segments) {
            var meter = newMeter();
            meter.add(segment);
            whole.add(meter);
            stats.add(meter.stats());
        }
        all.add(whole);
        return new GpxResult.Line(about.name(), whole.stats(), List.copyOf(stats));
    }

    private Meter newMeter() {
        return new Meter(measuring, limits);
    }
}
