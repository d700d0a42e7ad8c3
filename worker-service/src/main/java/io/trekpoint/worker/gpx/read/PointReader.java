package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Fix;
import io.trekpoint.worker.gpx.document.Points;
import java.io.IOException;

/** Reads waypoints, route points and track points, which are of one shape. */
final class PointReader {

    private final XmlCursor xml;
    private final Fields fields;
    private final int maxPoints;
    private final Words words;
    private final ExtensionText extensions;
    private int seen;
    private int dropped;

    PointReader(Fields fields, int maxPoints) {
        this.xml = fields.xml();
        this.fields = fields;
        this.maxPoints = maxPoints;
        this.words = new Words(fields);
        this.extensions = new ExtensionText(fields);
    }

    /** Points left out because they have no valid position. */
    int dropped() {
        return dropped;
    }

    /** Takes the current element as a point of a line or as a waypoint. */
    void read(Points points) throws IOException {
        if (++seen > maxPoints) {
            throw xml.fail(GpxException.Code.TOO_MANY_POINTS);
        }
        double lat = xml.decimalAttribute("lat");
        double lon = xml.decimalAttribute("lon");
        if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 360)) {
            fields.warn(Warning.Code.POINT_WITHOUT_POSITION);
            dropped++;
            xml.skip();
            return;
        }
        if (Math.abs(lon) > 180) {
            fields.warn(Warning.Code.LONGITUDE_WRAPPED);
            lon -= Math.copySign(360, lon);
        }
        points.add(lat, lon);
        while (xml.nextChild()) {
            child(points);
        }
        var about = words.take(extensions.take());
        if (!about.equals(About.NOTHING)) {
            points.setAbout(about);
        }
    }

    private void child(Points points) throws IOException {
        if (xml.foreign()) {
            extensions.child(name -> extension(name, points));
            return;
        }
        String name = xml.name();
        switch (name) {
            case "ele" -> set(points, Channel.ELE);
            case "time" -> time(points);
            case "extensions" -> extensions.children(element -> extension(element, points));
            case "speed" -> set(points, Channel.SPEED);
            case "course" -> set(points, Channel.COURSE);
            case "magvar" -> set(points, Channel.MAGVAR);
            case "geoidheight" -> set(points, Channel.GEOIDHEIGHT);
            case "fix" -> fix(points);
            case "sat" -> set(points, Channel.SAT);
            case "hdop" -> set(points, Channel.HDOP);
            case "vdop" -> set(points, Channel.VDOP);
            case "pdop" -> set(points, Channel.PDOP);
            case "ageofdgpsdata" -> set(points, Channel.AGE_OF_DGPS);
            case "dgpsid" -> set(points, Channel.DGPS_ID);
            default -> {
                if (!words.accept(name)) {
                    fields.unknown();
                }
            }
        }
    }

    /** By name alone: programs disagree about the namespaces of these, and about their nesting. */
    private boolean extension(String name, Points points) throws IOException {
        switch (name) {
            case "hr", "heartrate" -> set(points, Channel.HR);
            case "cad", "cadence", "RunCadence" -> set(points, Channel.CAD);
            case "atemp", "temp" -> set(points, Channel.TEMP);
            case "power", "PowerInWatts", "watts" -> set(points, Channel.POWER);
            case "speed" -> set(points, Channel.SPEED);
            case "course" -> set(points, Channel.COURSE);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void set(Points points, Channel channel) throws IOException {
        double value = fields.number(channel);
        if (!Double.isNaN(value)) {
            points.set(channel, value);
        }
    }

    private void time(Points points) throws IOException {
        long time = fields.time();
        if (time != Points.NO_TIME) {
            points.setTime(time);
        }
    }

    private void fix(Points points) throws IOException {
        String token = fields.text();
        if (token == null) {
            return;
        }
        double code = Fix.code(token);
        if (Double.isNaN(code)) {
            fields.warn(Warning.Code.NUMBER_INVALID);
        } else {
            points.set(Channel.FIX, code);
        }
    }
}
