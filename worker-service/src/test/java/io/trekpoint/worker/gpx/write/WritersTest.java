package io.trekpoint.worker.gpx.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.worker.gpx.Columns;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Copyright;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Metadata;
import io.trekpoint.worker.gpx.document.Person;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.GpxSource;
import io.trekpoint.worker.gpx.read.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class WritersTest {

    private static final String NASTY =
            "<script>alert('1 & \"2\"')</script>\u202egpj\u0007\u2028]]>\ud83e\udd7e";

    private interface Writer {
        void write(GpxDocument document, OutputStream out) throws IOException;
    }

    @Test
    void geoJsonHasAFeatureForEachTrackRouteAndWaypoint() throws IOException {
        var document =
                new GpxDocument(
                        "1.1",
                        "t",
                        Metadata.NOTHING,
                        line(1, 2),
                        List.of(new Route(named("R"), line(1, 2, 3, 4))),
                        List.of(new Track(named("T"), List.of(line(5, 6, 7, 8), line(9, 10)))),
                        null);

        assertThat(write(GeoJsonWriter::write, document))
                .isEqualTo(
                        "{\"type\":\"FeatureCollection\",\"features\":["
                                + "{\"type\":\"Feature\",\"properties\":{\"_gpxType\":\"trk\",\"name\":\"T\"},"
                                + "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[6,5],[8,7]]}},"
                                + "{\"type\":\"Feature\",\"properties\":{\"_gpxType\":\"rte\",\"name\":\"R\"},"
                                + "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[2,1],[4,3]]}},"
                                + "{\"type\":\"Feature\",\"properties\":{},"
                                + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[2,1]}}]}");
    }

    @Test
    void geoJsonKeepsReadingsBesideTheirPositions() throws IOException {
        var line = line(1, 2);
        line.setTime(1_000);
        line.set(Channel.ELE, 12.5);
        line.set(Channel.HR, 99);
        line.add(1, 3);

        var feature = geoJson(track(line));

        assertThat(feature.at("/properties/coordinateProperties"))
                .hasToString("{\"times\":[\"1970-01-01T00:00:01Z\",null],\"heart\":[99,null]}");
        assertThat(feature.at("/geometry/coordinates")).hasToString("[[2,1,12.5],[3,1]]");
    }

    @Test
    void geoJsonCutsLinesAtTheDateline() throws IOException {
        var line = line(10, 179);
        line.set(Channel.HR, 80);
        line.add(20, -179);
        line.add(10, 179);

        var feature = geoJson(track(line));

        assertThat(feature.at("/geometry"))
                .hasToString(
                        "{\"type\":\"MultiLineString\",\"coordinates\":[[[179,10],[180,15]],"
                                + "[[-180,15],[-179,20],[-180,15]],[[180,15],[179,10]]]}");
        assertThat(feature.at("/properties/coordinateProperties/heart"))
                .hasToString("[[80,null],[null,null,null],[null,null]]");
    }

    @Test
    void geoJsonAddsNothingToALineThatEndsOnTheDateline() throws IOException {
        assertThat(geoJson(track(line(0, 179, 0, 180, 0, -180, 0, -179))).at("/geometry"))
                .hasToString(
                        "{\"type\":\"MultiLineString\",\"coordinates\":[[[179,0],[180,0]],[[-180,0],[-179,0]]]}");
        assertThat(geoJson(track(line(0, 179, 0, 180, 0, -179))).at("/geometry/coordinates"))
                .hasToString("[[[179,0],[180,0]],[[-180,0],[-179,0]]]");
    }

    @Test
    void geoJsonHoldsNastyTextsAsTexts() throws IOException {
        String json = write(GeoJsonWriter::write, nasty());

        assertThat(json).doesNotContain("<", "\u202e", "\u2028", "\u0007");
        assertThat(new ObjectMapper().readTree(json).at("/features/0/properties/name").asText())
                .isEqualTo(NASTY);
    }

    @Test
    void gpxHoldsNastyTextsAsTexts() throws IOException {
        String gpx = write(Gpx11Writer::write, nasty());

        assertThat(gpx).doesNotContain("<script", "\u202e", "\u2028", "\u0007", "]]>");
        var again =
                GpxReader.read(
                        GpxSource.of(gpx.getBytes(UTF_8)), Reading.LENIENT, GpxLimits.DEFAULT);
        assertThat(again.document().tracks().get(0).about().name())
                .isEqualTo(NASTY.replace('\u0007', '\ufffd'));
    }

    @Test
    void kmlShowsMarkupInsteadOfRunningIt() throws IOException {
        String kml = write(KmlWriter::write, nasty());

        assertThat(kml).contains("<name>&lt;script&gt;").contains("<description>&amp;lt;script");
        assertThat(kml).doesNotContain("<script", "\u202e", "\u2028", "\u0007", "]]>");
    }

    @Test
    void gpxKeepsAllThatTheStandardHas() throws IOException {
        var links = List.of(new Link("https://a.example?b=\"&c", "text", "text/html"));
        var words = new About("n", "c", "d", "s", links, null, "t", 3, null);
        var points = line(1, 180, -90, -180);
        for (var channel : Channel.values()) {
            points.set(channel, 3);
        }
        points.setTime(-1);
        points.setAbout(new About("n", "c", "d", "s", links, "y", "t", null, null));
        var document =
                new GpxDocument(
                        "1.1",
                        "t",
                        new Metadata(
                                "n",
                                "d",
                                new Person("p", "a@b.example", links.get(0)),
                                new Copyright("h", "2026", "https://l.example"),
                                links,
                                1_000,
                                "k, w",
                                null),
                        points,
                        List.of(new Route(words, points)),
                        List.of(new Track(words, List.of(points, new Points()))),
                        null);

        String gpx = write(Gpx11Writer::write, document);

        var again =
                GpxReader.read(
                        GpxSource.of(gpx.getBytes(UTF_8)), Reading.LENIENT, GpxLimits.DEFAULT);
        assertThat(again.warnings()).isEmpty();
        assertThat(Columns.of(again.document()).toString())
                .isEqualTo(Columns.of(document).toString().replace("lon=180.0", "lon=-180.0"));
    }

    @Test
    void gpxUsesTheSecondExtensionOnlyForWhatTheFirstLacks() throws IOException {
        var body = line(1, 2);
        body.set(Channel.HR, 99);
        body.set(Channel.POWER, 210);
        var motion = line(1, 2);
        motion.set(Channel.SPEED, 2.5);

        assertThat(write(Gpx11Writer::write, track(body)))
                .contains("TrackPointExtension/v1")
                .contains(
                        "<extensions><gpxpx:PowerExtension><gpxpx:PowerInWatts>210"
                                + "</gpxpx:PowerInWatts></gpxpx:PowerExtension>"
                                + "<gpxtpx:TrackPointExtension><gpxtpx:hr>99</gpxtpx:hr>"
                                + "</gpxtpx:TrackPointExtension></extensions>");
        assertThat(write(Gpx11Writer::write, track(motion)))
                .contains("TrackPointExtension/v2")
                .contains("<gpxtpx:speed>2.5</gpxtpx:speed>");
    }

    @Test
    void kmlDrawsTimedSegmentsAsTracksAndOthersAsLines() throws IOException {
        var timed = line(1, 2);
        timed.setTime(0);
        timed.set(Channel.HR, 99);
        timed.set(Channel.ELE, 5);
        timed.add(3, 4);

        assertThat(write(KmlWriter::write, track(timed)).replace("\n", ""))
                .contains(
                        "<gx:Track><when>1970-01-01T00:00:00Z</when><when/>"
                                + "<gx:coord>2 1 5</gx:coord><gx:coord>4 3</gx:coord>"
                                + "<ExtendedData><SchemaData schemaUrl=\"#readings\">"
                                + "<gx:SimpleArrayData name=\"heartrate\"><gx:value>99</gx:value>"
                                + "<gx:value/></gx:SimpleArrayData></SchemaData></ExtendedData>"
                                + "</gx:Track>");
        assertThat(write(KmlWriter::write, track(line(1, 2, 3, 4))).replace("\n", ""))
                .contains("<LineString><coordinates>2,14,3</coordinates></LineString>");
        assertThat(write(KmlWriter::write, track(line(1, 2)))).doesNotContain("Placemark");
    }

    @Test
    void tcxPlansNoTimeAfterTheLastYear() throws IOException {
        var line = new Points();
        for (int i = 0; i < 20_000; i++) {
            line.add(0, i % 2 == 0 ? 0 : 179);
        }

        String tcx =
                write(
                        (document, out) -> Writers.write(document, Writing.of(Target.TCX), out),
                        track(line));

        assertThat(tcx).contains("<Time>1970-01-01T00:00:00Z</Time>");
        assertThat(tcx.substring(tcx.lastIndexOf("<Time>"))).startsWith("<Time>9999-12-31T23:59:5");
    }

    private static GpxDocument nasty() {
        var about = new About(NASTY, null, NASTY, null, List.of(), null, null, null, null);
        return new GpxDocument(
                null,
                null,
                new Metadata(NASTY, NASTY, null, null, List.of(), Points.NO_TIME, null, null),
                new Points(),
                List.of(),
                List.of(new Track(about, List.of(line(1, 2, 3, 4)))),
                null);
    }

    private static GpxDocument track(Points line) {
        return new GpxDocument(
                "1.1",
                "t",
                Metadata.NOTHING,
                new Points(),
                List.of(),
                List.of(new Track(About.NOTHING, List.of(line))),
                null);
    }

    private static About named(String name) {
        return new About(name, null, null, null, List.of(), null, null, null, null);
    }

    private static Points line(double... latLon) {
        var line = new Points();
        for (int i = 0; i < latLon.length; i += 2) {
            line.add(latLon[i], latLon[i + 1]);
        }
        return line;
    }

    private static JsonNode geoJson(GpxDocument document) throws IOException {
        return new ObjectMapper().readTree(write(GeoJsonWriter::write, document)).at("/features/0");
    }

    private static String write(Writer writer, GpxDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        writer.write(document, out);
        return out.toString(UTF_8);
    }
}
