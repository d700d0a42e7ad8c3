package io.trekpoint.worker.gpx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Every output of real files, taken apart again and held against the points of the file. */
class OutputsTest {

    static List<String> names() {
        return RealFiles.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void kmlHoldsEveryPlaceAndTime(String name) throws Exception {
        var kml = Taken.xml(converted(name, Writing.of(Target.KML)));

        var places = new ArrayList<Place>();
        for (var placemark : Taken.elements(kml, "Placemark")) {
            for (var geometry : Taken.elements(placemark, "Point", "LineString", "gx:Track")) {
                places.addAll(kmlPlaces(geometry, placemark));
            }
        }

        assertThat(places).isEqualTo(drawn(rounded(name, 7)));
    }

    private static List<Place> kmlPlaces(Element geometry, Element placemark) {
        boolean track = geometry.getTagName().equals("gx:Track");
        var positions =
                track
                        ? Taken.texts(geometry, "gx:coord")
                        : List.of(Taken.texts(geometry, "coordinates").getFirst().split("\\s+"));
        var whens = Taken.texts(track ? geometry : placemark, "when");
        var places = new ArrayList<Place>();
        for (int i = 0; i < positions.size(); i++) {
            String[] numbers = positions.get(i).split("[ ,]");
            String when = whens.isEmpty() ? "" : whens.get(i);
            places.add(
                    new Place(
                            Double.parseDouble(numbers[1]),
                            Double.parseDouble(numbers[0]),
                            numbers.length > 2 ? Double.parseDouble(numbers[2]) : Double.NaN,
                            Taken.millis(when)));
        }
        return places;
    }

    /** What is drawn: waypoints, then the lines that have two points, or times. */
    private static List<Place> drawn(GpxDocument document) {
        var places = new ArrayList<>(Place.of(document.waypoints()));
        var lines = new ArrayList<Points>();
        document.routes().forEach(route -> lines.add(route.points()));
        document.tracks().forEach(track -> lines.addAll(track.segments()));
        for (var line : lines) {
            if (line.size() > 1 || line.hasTimes()) {
                places.addAll(Place.of(line));
            }
        }
        return places;
    }

    @ParameterizedTest
    @MethodSource("names")
    void tcxHoldsEveryTimedPlaceAndTheWayThere(String name) throws Exception {
        var tcx = Taken.xml(converted(name, Writing.of(Target.TCX)));
        var document = rounded(name, 7);

        var recorded = new ArrayList<Place>();
        for (var activity : Taken.elements(tcx, "Activity")) {
            for (var point : Taken.elements(activity, "Trackpoint")) {
                recorded.add(tcxPlace(point));
            }
            for (var lap : Taken.elements(activity, "Lap")) {
                double way = Double.parseDouble(Taken.texts(lap, "DistanceMeters").getFirst());
                var points = Taken.texts(Taken.elements(lap, "Track").getFirst(), "DistanceMeters");
                assertThat(points)
                        .isSortedAccordingTo((a, b) -> Double.compare(number(a), number(b)));
                assertThat(number(points.getLast())).isCloseTo(way, within(0.011));
            }
        }
        int planned = 0;
        for (var course : Taken.elements(tcx, "Course")) {
            planned += Taken.elements(course, "Trackpoint").size();
        }

        var timed = new ArrayList<>(Place.tracks(document));
        timed.removeIf(place -> place.time() == Points.NO_TIME);
        assertThat(recorded).isEqualTo(timed);
        int plans = document.routes().stream().mapToInt(route -> route.points().size()).sum();
        for (var track : document.tracks()) {
            if (track.segments().stream().noneMatch(Points::hasTimes)) {
                plans += track.segments().stream().mapToInt(Points::size).sum();
            }
        }
        assertThat(planned).isEqualTo(plans);
    }

    private static Place tcxPlace(Element point) {
        var ele = Taken.texts(point, "AltitudeMeters");
        return new Place(
                number(Taken.texts(point, "LatitudeDegrees").getFirst()),
                number(Taken.texts(point, "LongitudeDegrees").getFirst()),
                ele.isEmpty() ? Double.NaN : number(ele.getFirst()),
                Taken.millis(Taken.texts(point, "Time").getFirst()));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    @ParameterizedTest
    @MethodSource("names")
    void csvHasARowForEveryPoint(String name) throws IOException {
        var rows = Taken.csv(new String(converted(name, Writing.of(Target.CSV)), UTF_8));
        var document = rounded(name, 7);

        assertThat(rows.getFirst()).startsWith("kind", "line", "segment", "lineName", "name");
        var places = new ArrayList<Place>();
        for (var row : rows.subList(1, rows.size())) {
            assertThat(row).hasSameSizeAs(rows.getFirst());
            places.add(
                    new Place(
                            number(row.get(5)),
                            number(row.get(6)),
                            row.get(7).isEmpty() ? Double.NaN : number(row.get(7)),
                            Taken.millis(row.get(8))));
        }

        var expected = new ArrayList<>(Place.of(document.waypoints()));
        expected.addAll(Place.tracks(document));
        document.routes().forEach(route -> expected.addAll(Place.of(route.points())));
        assertThat(places).isEqualTo(expected);
    }

    static List<String> namesAndPrecisions() {
        var all = new ArrayList<String>();
        RealFiles.names().forEach(name -> all.addAll(List.of(name + "@5", name + "@6")));
        return all;
    }

    @ParameterizedTest
    @MethodSource("namesAndPrecisions")
    void polylinesDecodeToTheLinesOfTheFile(String nameAndPrecision) throws IOException {
        String name = nameAndPrecision.split("@")[0];
        int precision = Integer.parseInt(nameAndPrecision.split("@")[1]);
        var document = rounded(name, 15);

        var text =
                new String(
                        converted(name, new Writing(Target.POLYLINE, precision, Writing.USUAL)),
                        UTF_8);

        var lines = new ArrayList<Points>();
        document.tracks().forEach(track -> lines.addAll(track.segments()));
        document.routes().forEach(route -> lines.add(route.points()));
        lines.removeIf(line -> line.size() == 0);
        var encoded = text.lines().toList();
        assertThat(encoded).hasSameSizeAs(lines);
        for (int i = 0; i < encoded.size(); i++) {
            var decoded = Taken.polyline(encoded.get(i), precision);
            var line = lines.get(i);
            assertThat(decoded).hasSize(line.size());
            double half = 0.5001 * Math.pow(10, -precision);
            for (int k = 0; k < line.size(); k++) {
                assertThat(decoded.get(k)[0]).isCloseTo(line.lat(k), within(half));
                assertThat(decoded.get(k)[1]).isCloseTo(line.lon(k), within(half));
            }
        }
    }

    /** The example of the algorithm's own description. */
    @ParameterizedTest
    @CsvSource(value = "_p~iF~ps|U_ulLnnqC_mqNvxq`@", quoteCharacter = '\u0001')
    void decodesPolylinesAsTheirInventorDoes(String encoded) {
        assertThat(Taken.polyline(encoded, 5))
                .extracting(place -> place[0] + " " + place[1])
                .containsExactly("38.5 -120.2", "40.7 -120.95", "43.252 -126.453");
    }

    @ParameterizedTest
    @MethodSource("names")
    void drawsWithinItsFrameAndWithNothingBesideShapes(String name) throws Exception {
        var svg = Taken.xml(drawing(name, GpxTask.Profile.Form.SVG));

        for (var element : Taken.elements(svg, "*")) {
            assertThat(element.getTagName()).isIn("svg", "g", "path", "polyline");
            var attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                assertThat(attributes.item(i).getNodeName())
                        .doesNotStartWith("on")
                        .doesNotContain("href");
            }
        }
        for (var line : Taken.elements(svg, "polyline")) {
            for (String place : line.getAttribute("points").split(" ")) {
                assertThat(number(place.split(",")[0])).isBetween(0.0, 100.0);
                assertThat(number(place.split(",")[1])).isBetween(0.0, 100.0);
            }
        }
        for (var path : Taken.elements(svg, "path")) {
            String[] numbers = path.getAttribute("d").replaceAll("[ML]", "").split(" +");
            for (int i = 0; i < numbers.length; i++) {
                assertThat(number(numbers[i])).isBetween(0.0, i % 2 == 0 ? 200.0 : 100.0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void profilesWithinTheElevationsOfTheFile(String name) throws IOException {
        var json = new ObjectMapper().readTree(drawing(name, GpxTask.Profile.Form.JSON));
        double length = json.get("lengthM").asDouble();

        double before = 0;
        for (var point : json.get("profile")) {
            assertThat(point.get(0).asDouble()).isBetween(before, length);
            assertThat(point.get(1).asDouble())
                    .isBetween(json.get("eleMinM").asDouble(), json.get("eleMaxM").asDouble());
            before = point.get(0).asDouble();
        }
        assertThat(json.get("profile").size()).isLessThanOrEqualTo(4 * 200);
    }

    private static GpxDocument rounded(String name, int decimals) throws IOException {
        return GpxReader.read(RealFiles.source(name), Reading.LENIENT, GpxLimits.DEFAULT)
                .document()
                .map(points -> decimals > 7 ? points : points.rounded(decimals));
    }

    private static byte[] drawing(String name, GpxTask.Profile.Form form) throws IOException {
        return done(name, new GpxTask.Profile(ReadingMode.LENIENT, 200, 100, 0, form));
    }

    private static byte[] converted(String name, Writing writing) throws IOException {
        return done(name, new GpxTask.Convert(ReadingMode.LENIENT, writing));
    }

    private static byte[] done(String name, GpxTask task) throws IOException {
        var out = new ByteArrayOutputStream();
        GpxJob.run(task, List.of(RealFiles.source(name)), GpxLimits.DEFAULT, out);
        return out.toByteArray();
    }
}
