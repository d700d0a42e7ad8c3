package io.trekpoint.worker.gpx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenetics.jpx.GPX;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.GpxSource;
import io.trekpoint.worker.gpx.read.Reading;
import io.trekpoint.worker.gpx.read.Warning;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Files that real programs wrote, held against what other tools say of them. */
class RealFilesTest {

    private record Exported(GpxResult result, byte[] bytes) {}

    static List<String> names() {
        return RealFiles.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void exportsToGeoJson(String name) throws IOException {
        var exported = export(name, Target.GEOJSON);

        var json = new ObjectMapper().readTree(exported.bytes());
        assertThat(json.get("type").asText()).isEqualTo("FeatureCollection");
        int positions = 0;
        for (var feature : json.get("features")) {
            positions += positionsBesideTheirProperties(feature);
        }
        assertThat(positions).isEqualTo(drawablePoints(read(name)));
    }

    private static int positionsBesideTheirProperties(JsonNode feature) {
        var coordinates = feature.at("/geometry/coordinates");
        return switch (feature.at("/geometry/type").asText()) {
            case "Point" -> 1;
            case "LineString" -> {
                for (var array : feature.at("/properties/coordinateProperties")) {
                    assertThat(array).hasSameSizeAs(coordinates);
                }
                yield coordinates.size();
            }
            default -> {
                for (var arrays : feature.at("/properties/coordinateProperties")) {
                    assertThat(arrays).hasSameSizeAs(coordinates);
                }
                yield StreamSupport.stream(coordinates.spliterator(), false)
                        .mapToInt(JsonNode::size)
                        .sum();
            }
        };
    }

    private static int drawablePoints(GpxDocument document) {
        int count = document.waypoints().size();
        for (var route : document.routes()) {
            count += route.points().size() > 1 ? route.points().size() : 0;
        }
        for (var track : document.tracks()) {
            for (var segment : track.segments()) {
                count += segment.size() > 1 ? segment.size() : 0;
            }
        }
        return count;
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsItsOwnGpxBackUnchanged(String name) throws IOException {
        var exported = export(name, Target.GPX11);

        var again =
                GpxReader.read(GpxSource.of(exported.bytes()), Reading.LENIENT, GpxLimits.DEFAULT);

        assertThat(again.warnings()).isEmpty();
        assertThat(Columns.of(again.document())).isEqualTo(Columns.of(read(name)));
    }

    /** Two files state a copyright in the year 856, which the schema cannot write. */
    static List<String> namesThatTheSchemaCanHold() {
        var impossible = Set.of("jpx/GPX-full.gpx", "jpx/ISSUE-86.gpx");
        return names().stream().filter(name -> !impossible.contains(name)).toList();
    }

    @ParameterizedTest
    @MethodSource("namesThatTheSchemaCanHold")
    void writesGpxThatItsSchemaAccepts(String name) throws Exception {
        var exported = export(name, Target.GPX11);

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(RealFiles.source("xsd/gpx11.xsd").open()))
                .newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(exported.bytes())));
    }

    /** The other reader wants whole seconds where the schema has decimals. */
    static List<String> namesForAnotherReader() {
        return names().stream().filter(name -> !name.endsWith("with_accuracy.gpx")).toList();
    }

    @ParameterizedTest
    @MethodSource("namesForAnotherReader")
    void writesGpxThatAnotherReaderUnderstands(String name) throws IOException {
        var exported = export(name, Target.GPX11);

        var gpx =
                GPX.Reader.of(GPX.Reader.Mode.STRICT)
                        .read(new ByteArrayInputStream(exported.bytes()));

        var counts = exported.result().counts();
        long points =
                gpx.routes().mapToLong(route -> route.getPoints().size()).sum()
                        + gpx.tracks()
                                .flatMap(track -> track.segments())
                                .mapToLong(segment -> segment.getPoints().size())
                                .sum();
        assertThat(gpx.getWayPoints()).hasSize(counts.waypoints());
        assertThat(points).isEqualTo(counts.points());
        var theirs = new ArrayList<>(gpx.getWayPoints());
        gpx.routes().forEach(route -> theirs.addAll(route.getPoints()));
        gpx.tracks()
                .flatMap(track -> track.segments())
                .forEach(segment -> theirs.addAll(segment.getPoints()));
        assertThat(theirs.stream().map(Place::of).toList())
                .isEqualTo(Place.waypointsRoutesTracks(read(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void exportsToKmlWithTimesBesidePlaces(String name) throws Exception {
        var exported = export(name, Target.KML);

        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        var kml = builder.parse(new ByteArrayInputStream(exported.bytes()));
        var tracks = kml.getElementsByTagName("gx:Track");
        for (int i = 0; i < tracks.getLength(); i++) {
            var track = (Element) tracks.item(i);
            assertThat(track.getElementsByTagName("when").getLength())
                    .isEqualTo(track.getElementsByTagName("gx:coord").getLength());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsTheHeartRatesAndCadencesOtherToolsFind(String name) throws IOException {
        var expected = RealFiles.expected("expected-gpx.studio-3208872.json").path(name);

        var total = export(name, Target.GEOJSON).result().data().measures().total();

        if (expected.path("hr_count").asInt() > 0) {
            assertThat(total.hrAvg()).isCloseTo(expected.get("hr_avg").asDouble(), within(1e-5));
        }
        if (expected.path("cad_count").asInt() > 0) {
            assertThat(total.cadAvg()).isCloseTo(expected.get("cad_avg").asDouble(), within(1e-5));
        }
    }

    @Test
    void readsPrefixesThatStravaForgetsToDeclare() throws IOException {
        var reading =
                GpxReader.read(
                        RealFiles.source("gpx.studio/with_power_2.gpx"),
                        Reading.LENIENT,
                        GpxLimits.DEFAULT);

        assertThat(reading.warnings())
                .containsExactly(new Warning(Warning.Code.UNDECLARED_PREFIX, 1, 21));
        assertThat(reading.document().linePointCount()).isEqualTo(80);
    }

    @Test
    void saysWhereAnUnreadableFileBreaks() {
        var source = RealFiles.source(RealFiles.UNREADABLE);

        assertThatThrownBy(() -> GpxReader.read(source, Reading.LENIENT, GpxLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        GpxException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(GpxException.Code.MALFORMED);
                            assertThat(e.line()).isEqualTo(39);
                        });
    }

    private static GpxDocument read(String name) throws IOException {
        return GpxReader.read(RealFiles.source(name), Reading.LENIENT, GpxLimits.DEFAULT)
                .document();
    }

    /** GPX as it is normalised, without a digit lost; other formats as they are exported. */
    private static GpxTask task(Target to) {
        return to == Target.GPX11
                ? new GpxTask.Import(ReadingMode.LENIENT, Optional.empty())
                : new GpxTask.Export(
                        ReadingMode.LENIENT, Optional.empty(), Optional.empty(), Writing.of(to));
    }

    private static Exported export(String name, Target to) throws IOException {
        var out = new ByteArrayOutputStream();
        var result = GpxJob.run(task(to), List.of(RealFiles.source(name)), GpxLimits.DEFAULT, out);
        assertThat(
                        new ObjectMapper()
                                .readTree(ResultJson.text(result))
                                .at("/output/bytes")
                                .asLong())
                .isEqualTo(out.toByteArray().length);
        assertThat(out.toString(UTF_8)).doesNotContain("\ufffd");
        return new Exported(result, out.toByteArray());
    }
}
