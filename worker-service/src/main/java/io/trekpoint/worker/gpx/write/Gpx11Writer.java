package io.trekpoint.worker.gpx.write;

import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Metadata;
import io.trekpoint.worker.gpx.document.Person;
import io.trekpoint.worker.gpx.document.Points;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GPX 1.1, valid by its schema. Heart rate, cadence and temperature go into Garmin's
 * TrackPointExtension v1, or v2 where the document has speed or course too; power goes into
 * Garmin's PowerExtension, because a bare {@code power} would not be valid. Numbers are exact:
 * reading the file back gives the same columns.
 */
public final class Gpx11Writer {

    private static final String CREATOR = "Trek Point";
    private static final String TRACK_POINT_EXTENSION =
            "http://www.garmin.com/xmlschemas/TrackPointExtension/";
    private static final String POWER_EXTENSION =
            "http://www.garmin.com/xmlschemas/PowerExtension/v1";

    private final GpxDocument document;
    private final XmlOut xml;
    private final Gpx11Point point;
    private final Extents extents = new Extents();

    private Gpx11Writer(GpxDocument document, OutputStream out) {
        this.document = document;
        xml = new XmlOut(out);
        point = new Gpx11Point(xml);
        extents.add(document.waypoints());
        document.routes().forEach(route -> extents.add(route.points()));
        document.tracks().forEach(track -> track.segments().forEach(extents::add));
    }

    /**
     * Writes a document.
     *
     * @param document what to write
     * @param out where to; flushed, not closed
     * @throws IOException if {@code out} fails
     */
    public static void write(GpxDocument document, OutputStream out) throws IOException {
        new Gpx11Writer(document, out).write();
    }

    private void write() throws IOException {
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.raw("<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"");
        xml.raw(" xmlns:gpxtpx=\"").raw(TRACK_POINT_EXTENSION).raw(extents.motion ? "v2" : "v1");
        xml.raw("\" xmlns:gpxpx=\"").raw(POWER_EXTENSION);
        xml.raw("\" version=\"1.1\" creator=\"").raw(CREATOR).raw("\">");
        metadata(document.metadata());
        for (int i = 0; i < document.waypoints().size(); i++) {
            point.write("wpt", document.waypoints(), i);
        }
        for (var route : document.routes()) {
            xml.raw("\n<rte>");
            line(route.about());
            points("rtept", route.points());
            xml.raw("\n</rte>");
        }
        for (var track : document.tracks()) {
            xml.raw("\n<trk>");
            line(track.about());
            for (var segment : track.segments()) {
                xml.raw("\n<trkseg>");
                points("trkpt", segment);
                extensions(segment.extensions());
                xml.raw("\n</trkseg>");
            }
            xml.raw("\n</trk>");
        }
        extensions(document.extensions());
        xml.raw("\n</gpx>\n").flush();
    }

    private void points(String element, Points points) throws IOException {
        for (int i = 0; i < points.size(); i++) {
            point.write(element, points, i);
        }
    }

    private void metadata(Metadata metadata) throws IOException {
        xml.raw("\n<metadata>");
        xml.element("name", metadata.name()).element("desc", metadata.description());
        person(metadata.author());
        var copyright = metadata.copyright();
        if (copyright != null) {
            String holder = copyright.author();
            xml.raw("<copyright author=\"").attribute(holder == null ? "" : holder).raw("\">");
            xml.element("year", copyright.year()).element("license", copyright.license());
            xml.close("copyright");
        }
        links(xml, metadata.links());
        xml.timeElement("time", metadata.time()).element("keywords", metadata.keywords());
        bounds();
        extensions(metadata.extensions());
        xml.raw("</metadata>");
    }

    private void person(@Nullable Person person) throws IOException {
        if (person == null) {
            return;
        }
        xml.open("author").element("name", person.name());
        String email = person.email();
        int at = email == null ? -1 : email.lastIndexOf('@');
        if (email != null && at > 0 && at < email.length() - 1) {
            xml.raw("<email id=\"").attribute(email.substring(0, at));
            xml.raw("\" domain=\"").attribute(email.substring(at + 1)).raw("\"/>");
        }
        if (person.link() != null) {
            links(xml, List.of(person.link()));
        }
        xml.close("author");
    }

    private void bounds() throws IOException {
        if (extents.west > extents.east) {
            return;
        }
        xml.raw("<bounds minlat=\"").number(extents.south);
        xml.raw("\" minlon=\"").number(extents.west);
        xml.raw("\" maxlat=\"").number(extents.north);
        xml.raw("\" maxlon=\"").number(extents.east).raw("\"/>");
    }

    private void line(About about) throws IOException {
        xml.element("name", about.name()).element("cmt", about.comment());
        xml.element("desc", about.description()).element("src", about.source());
        links(xml, about.links());
        if (about.number() != null) {
            xml.element("number", about.number());
        }
        xml.element("type", about.type());
        extensions(about.extensions());
    }

    /** Well-formed elements that declare their own namespaces: see {@link About#extensions}. */
    private void extensions(@Nullable String carried) throws IOException {
        if (carried != null) {
            xml.open("extensions").raw(carried).close("extensions");
        }
    }

    static void links(XmlOut xml, List<Link> links) throws IOException {
        for (var link : links) {
            xml.raw("<link href=\"").attribute(link.href()).raw("\">");
            xml.element("text", link.text()).element("type", link.type()).close("link");
        }
    }

    /** What the head of the file must know of its points; longitudes as GPX bounds them. */
    private static final class Extents {

        private double west = Double.POSITIVE_INFINITY;
        private double south = Double.POSITIVE_INFINITY;
        private double east = Double.NEGATIVE_INFINITY;
        private double north = Double.NEGATIVE_INFINITY;
        private boolean motion;

        void add(Points points) {
            motion |= points.has(Channel.SPEED) || points.has(Channel.COURSE);
            for (int i = 0; i < points.size(); i++) {
                double lon = Gpx11Point.longitude(points.lon(i));
                west = Math.min(west, lon);
                east = Math.max(east, lon);
                south = Math.min(south, points.lat(i));
                north = Math.max(north, points.lat(i));
            }
        }
    }
}
