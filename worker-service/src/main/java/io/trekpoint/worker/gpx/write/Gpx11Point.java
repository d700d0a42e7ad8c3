package io.trekpoint.worker.gpx.write;

import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Fix;
import io.trekpoint.worker.gpx.document.Points;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Writes waypoints, route points and track points, which are of one shape in GPX. */
final class Gpx11Point {

    private static final Set<Channel> DEVICE =
            EnumSet.of(Channel.TEMP, Channel.HR, Channel.CAD, Channel.SPEED, Channel.COURSE);

    /** GPX directions end before a full circle, which is north. */
    private static final double FULL_CIRCLE = 360;

    private final XmlOut xml;

    Gpx11Point(XmlOut xml) {
        this.xml = xml;
    }

    /** GPX longitudes end before 180 degrees east, which is -180. */
    static double longitude(double lon) {
        return lon == 180 ? -180 : lon;
    }

    void write(String element, Points points, int i) throws IOException {
        xml.raw("\n<").raw(element).raw(" lat=\"").number(points.lat(i));
        xml.raw("\" lon=\"").number(longitude(points.lon(i))).raw("\">");
        reading("ele", Channel.ELE, points, i);
        xml.timeElement("time", points.time(i));
        xml.element("magvar", points.get(Channel.MAGVAR, i) % FULL_CIRCLE);
        reading("geoidheight", Channel.GEOIDHEIGHT, points, i);
        var about = points.about(i);
        if (!about.equals(About.NOTHING)) {
            words(about);
        }
        quality(points, i);
        extensions(points, i);
        xml.close(element);
    }

    private void words(About about) throws IOException {
        xml.element("name", about.name()).element("cmt", about.comment());
        xml.element("desc", about.description()).element("src", about.source());
        Gpx11Writer.links(xml, about.links());
        xml.element("sym", about.symbol()).element("type", about.type());
    }

    private void quality(Points points, int i) throws IOException {
        double fix = points.get(Channel.FIX, i);
        if (!Double.isNaN(fix)) {
            xml.element("fix", Fix.of(fix).token());
        }
        reading("sat", Channel.SAT, points, i);
        reading("hdop", Channel.HDOP, points, i);
        reading("vdop", Channel.VDOP, points, i);
        reading("pdop", Channel.PDOP, points, i);
        reading("ageofdgpsdata", Channel.AGE_OF_DGPS, points, i);
        reading("dgpsid", Channel.DGPS_ID, points, i);
    }

    private void extensions(Points points, int i) throws IOException {
        boolean power = is(Channel.POWER, points, i);
        boolean device = DEVICE.stream().anyMatch(channel -> is(channel, points, i));
        String carried = points.about(i).extensions();
        if (!power && !device && carried == null) {
            return;
        }
        xml.open("extensions");
        if (power) {
            xml.open("gpxpx:PowerExtension");
            reading("gpxpx:PowerInWatts", Channel.POWER, points, i);
            xml.close("gpxpx:PowerExtension");
        }
        if (device) {
            xml.open("gpxtpx:TrackPointExtension");
            reading("gpxtpx:atemp", Channel.TEMP, points, i);
            reading("gpxtpx:hr", Channel.HR, points, i);
            reading("gpxtpx:cad", Channel.CAD, points, i);
            reading("gpxtpx:speed", Channel.SPEED, points, i);
            xml.element("gpxtpx:course", points.get(Channel.COURSE, i) % FULL_CIRCLE);
            xml.close("gpxtpx:TrackPointExtension");
        }
        xml.raw(carried == null ? "" : carried).close("extensions");
    }

    private static boolean is(Channel channel, Points points, int i) {
        return !Double.isNaN(points.get(channel, i));
    }

    private void reading(String element, Channel channel, Points points, int i) throws IOException {
        xml.element(element, points.get(channel, i));
    }
}
