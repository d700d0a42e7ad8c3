package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Meter;
import io.trekpoint.worker.gpx.measure.Method;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.GpxReading;
import io.trekpoint.worker.gpx.read.GpxSource;
import io.trekpoint.worker.gpx.write.GeoJsonWriter;
import io.trekpoint.worker.gpx.write.Gpx11Writer;
import io.trekpoint.worker.gpx.write.KmlWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The job type {@code export}: reads a GPX file, measures it, writes it in another format. */
public final class Export {

    /** Grows whenever the same input could give another output or other numbers. */
    static final String ENGINE_VERSION = "1";

    private static final Method METHOD = Method.DEFAULT;

    private Export() {}

    /**
     * Exports one file on the calling thread. The input is read whole before the first byte is
     * written; the same input gives the same bytes.
     *
     * @param in the file; opened once or twice
     * @param to the format
     * @param limits what the job may cost
     * @param out where the output goes; flushed, not closed; holds a part of it after a failure
     * @return what was read, written and measured
     * @throws GpxException if the file cannot be read, is beyond a limit, or the job was stopped
     * @throws IOException if {@code in} or {@code out} fails
     */
    public static ExportResult run(
            GpxSource in, ExportFormat to, GpxLimits limits, OutputStream out) throws IOException {
        var reading = GpxReader.read(in, limits);
        var document = reading.document();
        var data = measure(document);
        var metered = new MeteredOutput(out, limits);
        switch (to) {
            case GEOJSON -> GeoJsonWriter.write(document, metered);
            case GPX11 -> Gpx11Writer.write(document, metered);
            case KML -> KmlWriter.write(document, metered);
        }
        return new ExportResult(
                "export",
                ENGINE_VERSION,
                new ExportResult.Input(
                        reading.bytes(), reading.sha256(), document.version(), document.creator()),
                counts(reading),
                reading.warnings(),
                new ExportResult.Output(to.mediaType(), metered.bytes(), metered.sha256()),
                data);
    }

    private static ExportResult.Counts counts(GpxReading reading) {
        var document = reading.document();
        return new ExportResult.Counts(
                document.waypoints().size(),
                document.routes().size(),
                document.tracks().size(),
                document.segmentCount(),
                document.linePointCount(),
                reading.dropped());
    }

    private static ExportResult.Data measure(GpxDocument document) {
        var total = new Meter(METHOD);
        var tracks = new ArrayList<ExportResult.Line>();
        for (var track : document.tracks()) {
            tracks.add(line(track.about(), track.segments(), total));
        }
        var routes = new ArrayList<ExportResult.Line>();
        for (var route : document.routes()) {
            routes.add(line(route.about(), List.of(route.points()), new Meter(METHOD)));
        }
        return new ExportResult.Data(
                total.stats(), List.copyOf(tracks), List.copyOf(routes), METHOD);
    }

    private static ExportResult.Line line(About about, List<Points> segments, Meter total) {
        var stats = new ArrayList<Stats>();
        for (var segment : segments) {
            var meter = new Meter(METHOD);
            meter.add(segment);
            total.add(meter);
            stats.add(meter.stats());
        }
        return new ExportResult.Line(about.name(), List.copyOf(stats));
    }
}
