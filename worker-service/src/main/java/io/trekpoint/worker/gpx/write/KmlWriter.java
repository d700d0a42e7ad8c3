package io.trekpoint.worker.gpx.write;

import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * KML 2.2 with Google's track extension. A segment with times becomes a {@code gx:Track} with its
 * readings as arrays, one without a {@code LineString} (left out below two points). Viewers show
 * descriptions as HTML: markup in them is escaped once more, so that it is shown and never run.
 */
public final class KmlWriter {

    /** Readings a track carries: channel, field name, label. */
    private record Reading(Channel channel, String name, String label) {}

    private static final List<Reading> READINGS =
            List.of(
                    new Reading(Channel.HR, "heartrate", "Heart rate"),
                    new Reading(Channel.CAD, "cadence", "Cadence"),
                    new Reading(Channel.TEMP, "temperature", "Temperature"),
                    new Reading(Channel.POWER, "power", "Power"),
                    new Reading(Channel.SPEED, "speed", "Speed"));

    private final GpxDocument document;
    private final XmlOut xml;

    private KmlWriter(GpxDocument document, OutputStream out) {
        this.document = document;
        xml = new XmlOut(out);
    }

    /**
     * Writes a document.
     *
     * @param document what to write
     * @param out where to; flushed, not closed
     * @throws IOException if {@code out} fails
     */
    public static void write(GpxDocument document, OutputStream out) throws IOException {
        new KmlWriter(document, out).write();
    }

    private void write() throws IOException {
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.raw("<kml xmlns=\"http://www.opengis.net/kml/2.2\"");
        xml.raw(" xmlns:gx=\"http://www.google.com/kml/ext/2.2\">\n<Document>");
        xml.element("name", document.metadata().name());
        description(document.metadata().description());
        schema();
        for (int i = 0; i < document.waypoints().size(); i++) {
            waypoint(document.waypoints(), i);
        }
        for (var route : document.routes()) {
            line(route.about(), List.of(route.points()));
        }
        for (var track : document.tracks()) {
            line(track.about(), track.segments());
        }
        xml.raw("\n</Document>\n</kml>\n").flush();
    }

    private void schema() throws IOException {
        var used = READINGS.stream().filter(reading -> isUsed(reading.channel())).toList();
        if (used.isEmpty()) {
            return;
        }
        xml.raw("\n<Schema id=\"readings\">");
        for (var reading : used) {
            xml.raw("<gx:SimpleArrayField name=\"").raw(reading.name()).raw("\" type=\"double\">");
            xml.element("displayName", reading.label()).close("gx:SimpleArrayField");
        }
        xml.close("Schema");
    }

    private boolean isUsed(Channel channel) {
        return document.tracks().stream()
                        .flatMap(track -> track.segments().stream())
                        .anyMatch(segment -> segment.has(channel))
                || document.routes().stream().anyMatch(route -> route.points().has(channel));
    }

    private void waypoint(Points points, int i) throws IOException {
        openPlacemark(points.about(i));
        if (points.time(i) != Points.NO_TIME) {
            xml.open("TimeStamp").timeElement("when", points.time(i)).close("TimeStamp");
        }
        xml.raw("<Point><coordinates>");
        position(points, i, ",");
        xml.raw("</coordinates></Point></Placemark>");
    }

    private void openPlacemark(About about) throws IOException {
        xml.raw("\n<Placemark>").element("name", about.name());
        String description = about.description();
        description(description == null ? about.comment() : description);
    }

    private void description(@Nullable String text) throws IOException {
        if (text != null) {
            String html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            xml.element("description", html);
        }
    }

    private void line(About about, List<Points> lines) throws IOException {
        var drawn = new ArrayList<Points>();
        for (var line : lines) {
            if (line.size() > 1 || line.hasTimes()) {
                drawn.add(line);
            }
        }
        if (drawn.isEmpty()) {
            return;
        }
        openPlacemark(about);
        if (drawn.size() == 1) {
            geometry(drawn.get(0));
        } else {
            boolean timed = drawn.stream().allMatch(Points::hasTimes);
            String several = timed ? "gx:MultiTrack" : "MultiGeometry";
            xml.open(several);
            for (var line : drawn) {
                geometry(line);
            }
            xml.close(several);
        }
        xml.close("Placemark");
    }

    private void geometry(Points line) throws IOException {
        if (line.hasTimes()) {
            track(line);
            return;
        }
        xml.raw("\n<LineString><coordinates>");
        for (int i = 0; i < line.size(); i++) {
            xml.raw("\n");
            position(line, i, ",");
        }
        xml.raw("\n</coordinates></LineString>");
    }

    /** A point without a time gets an empty element: times and places stay side by side. */
    private void track(Points line) throws IOException {
        xml.raw("\n<gx:Track>");
        for (int i = 0; i < line.size(); i++) {
            boolean timed = line.time(i) != Points.NO_TIME;
            xml.raw("\n");
            if (timed) {
                xml.timeElement("when", line.time(i));
            } else {
                xml.raw("<when/>");
            }
        }
        for (int i = 0; i < line.size(); i++) {
            xml.raw("\n<gx:coord>");
            position(line, i, " ");
            xml.raw("</gx:coord>");
        }
        readings(line);
        xml.raw("\n</gx:Track>");
    }

    private void readings(Points line) throws IOException {
        var present = READINGS.stream().filter(reading -> line.has(reading.channel())).toList();
        if (present.isEmpty()) {
            return;
        }
        xml.raw("\n<ExtendedData><SchemaData schemaUrl=\"#readings\">");
        for (var reading : present) {
            xml.raw("\n<gx:SimpleArrayData name=\"").raw(reading.name()).raw("\">");
            for (int i = 0; i < line.size(); i++) {
                double value = line.get(reading.channel(), i);
                if (Double.isNaN(value)) {
                    xml.raw("<gx:value/>");
                } else {
                    xml.element("gx:value", value);
                }
            }
            xml.raw("</gx:SimpleArrayData>");
        }
        xml.raw("\n</SchemaData></ExtendedData>");
    }

    private void position(Points points, int i, String separator) throws IOException {
        xml.number(points.lon(i)).raw(separator).number(points.lat(i));
        double ele = points.get(Channel.ELE, i);
        if (!Double.isNaN(ele)) {
            xml.raw(separator).number(ele);
        }
    }
}
