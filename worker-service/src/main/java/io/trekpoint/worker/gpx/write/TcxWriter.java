package io.trekpoint.worker.gpx.write;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.measure.Meter;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.measure.Steps;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Garmin's Training Center XML, version 2. A track with times becomes an activity with a lap for
 * each segment, of its timed points; a track without, and a route, becomes a course. The schema
 * wants a time at every point of a course: there it is one second a metre from 1970 on. Waypoints
 * have no place in it. Distances are haversine metres.
 */
final class TcxWriter {

    private static final int LONGEST_COURSE_NAME = 15;
    private static final int MOST_BEATS = 255;
    private static final int MOST_TURNS = 254;

    private record Course(About about, List<Points> lines) {}

    private final GpxDocument document;
    private final XmlOut xml;

    private TcxWriter(GpxDocument document, OutputStream out) {
        this.document = document;
        xml = new XmlOut(out);
    }

    static void write(GpxDocument document, OutputStream out) throws IOException {
        new TcxWriter(document, out).write();
    }

    private void write() throws IOException {
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.raw("<TrainingCenterDatabase");
        xml.raw(" xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\"");
        xml.raw(" xmlns:ns3=\"http://www.garmin.com/xmlschemas/ActivityExtension/v2\">");
        var activities = new ArrayList<Track>();
        var courses = new ArrayList<Course>();
        for (var track : document.tracks()) {
            if (track.segments().stream().anyMatch(Points::hasTimes)) {
                activities.add(track);
            } else {
                courses.add(new Course(track.about(), track.segments()));
            }
        }
        document.routes()
                .forEach(route -> courses.add(new Course(route.about(), List.of(route.points()))));
        courses.removeIf(course -> course.lines().stream().allMatch(line -> line.size() == 0));
        if (!activities.isEmpty()) {
            xml.raw("\n<Activities>");
            for (var activity : activities) {
                activity(activity);
            }
            xml.raw("\n</Activities>");
        }
        if (!courses.isEmpty()) {
            xml.raw("\n<Courses>");
            for (var course : courses) {
                course(course);
            }
            xml.raw("\n</Courses>");
        }
        xml.raw("\n</TrainingCenterDatabase>\n").flush();
    }

    private void activity(Track track) throws IOException {
        var laps = new ArrayList<Points>();
        for (var segment : track.segments()) {
            var timed = new Points();
            for (int i = 0; i < segment.size(); i++) {
                if (segment.time(i) != Points.NO_TIME) {
                    timed.addFrom(segment, i);
                }
            }
            if (timed.size() > 0) {
                laps.add(timed);
            }
        }
        xml.raw("\n<Activity Sport=\"Other\">").timeElement("Id", laps.getFirst().time(0));
        for (var lap : laps) {
            lap(lap);
        }
        xml.element("Notes", track.about().name()).raw("</Activity>");
    }

    private void lap(Points lap) throws IOException {
        Stats stats = measured(lap);
        xml.raw("\n<Lap StartTime=\"").time(lap.time(0)).raw("\">");
        xml.element("TotalTimeSeconds", stats.elapsedS());
        xml.element("DistanceMeters", centimetres(stats.length2dM()));
        xml.element("MaximumSpeed", centimetres(stats.maxSpeedMps()));
        xml.element("Calories", 0.0);
        beats("AverageHeartRateBpm", stats.hrAvg());
        beats("MaximumHeartRateBpm", stats.hrMax());
        xml.element("Intensity", "Active").element("TriggerMethod", "Manual");
        var meter = new Steps();
        xml.raw("<Track>");
        for (int i = 0; i < lap.size(); i++) {
            point(lap, i, lap.time(i), meter.to(lap, i));
        }
        xml.raw("\n</Track></Lap>");
    }

    private void course(Course course) throws IOException {
        String name = course.about().name();
        xml.raw("\n<Course>").element("Name", courseName(name == null ? "Course" : name));
        double length = 0;
        for (var line : course.lines()) {
            length += measured(line).length2dM();
        }
        var drawn = course.lines().stream().filter(line -> line.size() > 0).toList();
        var last = drawn.getLast();
        xml.open("Lap").element("TotalTimeSeconds", Math.rint(length));
        xml.element("DistanceMeters", centimetres(length));
        position("BeginPosition", drawn.getFirst(), 0);
        position("EndPosition", last, last.size() - 1);
        xml.element("Intensity", "Active").close("Lap");
        var meter = new Steps();
        for (var line : drawn) {
            xml.raw("<Track>");
            for (int i = 0; i < line.size(); i++) {
                double metres = meter.to(line, i);
                point(line, i, planned(metres), metres);
            }
            xml.raw("\n</Track>");
        }
        xml.raw("</Course>");
    }

    /** A second a metre from 1970 on, as far as there are years of four digits. */
    private static long planned(double metres) {
        return Math.round(Math.min(metres, Points.LAST_TIME / 1000.0 - 1)) * 1000;
    }

    private void point(Points points, int i, long time, double metres) throws IOException {
        xml.raw("\n<Trackpoint>").timeElement("Time", time);
        position("Position", points, i);
        xml.element("AltitudeMeters", points.get(Channel.ELE, i));
        xml.element("DistanceMeters", centimetres(metres));
        beats("HeartRateBpm", points.get(Channel.HR, i));
        double cadence = Math.rint(points.get(Channel.CAD, i));
        if (cadence <= MOST_TURNS) {
            xml.element("Cadence", cadence);
        }
        double watts = points.get(Channel.POWER, i);
        if (!Double.isNaN(watts)) {
            xml.raw("<Extensions><ns3:TPX>").element("ns3:Watts", Math.rint(watts));
            xml.raw("</ns3:TPX></Extensions>");
        }
        xml.close("Trackpoint");
    }

    private void position(String element, Points points, int i) throws IOException {
        xml.open(element).element("LatitudeDegrees", points.lat(i));
        xml.element("LongitudeDegrees", points.lon(i)).close(element);
    }

    private void beats(String element, double value) throws IOException {
        double whole = Math.rint(value);
        if (whole >= 1 && whole <= MOST_BEATS) {
            xml.open(element).element("Value", whole).close(element);
        }
    }

    private static Stats measured(Points line) {
        var meter = new Meter(Measuring.DEFAULT);
        meter.add(line);
        return meter.stats();
    }

    private static double centimetres(double metres) {
        return Math.rint(metres * 100) / 100;
    }

    private static String courseName(String name) {
        String plain = name.strip();
        int length = plain.codePointCount(0, plain.length());
        return length <= LONGEST_COURSE_NAME
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_COURSE_NAME)).strip();
    }
}
