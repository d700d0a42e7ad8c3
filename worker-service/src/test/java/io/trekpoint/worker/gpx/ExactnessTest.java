package io.trekpoint.worker.gpx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.gpx.AscentMethod;
import io.trekpoint.lanes.gpx.DistanceMethod;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.Reading;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Numbers of files that real programs wrote, held against those of other tools: every number for
 * every file that the other tool could read.
 */
class ExactnessTest {

    private static final String GPXPY = "expected-gpxpy-1.5.0.json";
    private static final String GEOGRAPHIC_LIB = "expected-geographiclib-2.1.json";
    private static final Measuring AS_GPXPY =
            new Measuring(DistanceMethod.GPXPY, AscentMethod.GPXPY, 0, 1, 0);

    /**
     * One recorder means a pause by 100 and by 200 degrees north, which gpxpy measures and we leave
     * out: the arithmetic is compared on all points of it, and it has no bounds.
     */
    private static final String WITH_PAUSES = "opentracks/legacy_gpx_pause_resume.gpx";

    private static final Deviations DEVIATIONS = new Deviations();

    static List<String> namesForGpxpy() {
        return comparable(GPXPY);
    }

    static List<String> namesForGeographicLib() {
        return comparable(GEOGRAPHIC_LIB);
    }

    private static List<String> comparable(String file) {
        var names = new ArrayList<String>();
        for (var numbers : RealFiles.expected(file).properties()) {
            if (!numbers.getValue().has("parse_error")) {
                names.add(numbers.getKey());
            }
        }
        return names;
    }

    @AfterAll
    static void writeTable() throws IOException {
        DEVIATIONS.write("other-tools.md");
    }

    /**
     * What the tools could not read is known by name: nothing falls out of the comparison unseen.
     */
    @Test
    void comparesEveryFileThatTheToolsCouldRead() {
        var all = new ArrayList<>(RealFiles.names());
        all.add(RealFiles.UNREADABLE);

        assertThat(RealFiles.expected(GPXPY).properties())
                .extracting(numbers -> numbers.getKey())
                .containsExactlyInAnyOrderElementsOf(all);
        all.removeAll(
                List.of(
                        RealFiles.UNREADABLE,
                        "georust-gpx/with_accuracy.gpx",
                        "gpx.studio/with_power_2.gpx",
                        "jpx/ISSUE-86.gpx"));
        assertThat(namesForGpxpy()).containsExactlyInAnyOrderElementsOf(all).hasSize(58);
        assertThat(namesForGeographicLib()).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @MethodSource("namesForGpxpy")
    void countsAsGpxpyDoes(String name) throws IOException {
        var expected = RealFiles.expected(GPXPY).get(name);
        var reading = GpxReader.read(RealFiles.source(name), Reading.LENIENT, GpxLimits.DEFAULT);
        var document = reading.document();

        assertThat(document.waypoints().size()).isEqualTo(expected.get("waypoints").asInt());
        assertThat(document.routes()).hasSize(expected.get("routes").asInt());
        assertThat(document.tracks()).hasSize(expected.get("tracks").asInt());
        assertThat(document.linePointCount() + reading.dropped())
                .isEqualTo(
                        expected.get("track_points").asInt()
                                + expected.get("route_points").asInt());
        var sizes = new ArrayList<List<Integer>>();
        for (var track : document.tracks()) {
            sizes.add(track.segments().stream().map(Points::size).toList());
        }
        if (name.equals(WITH_PAUSES)) {
            assertThat(sizes).hasToString("[[4]]");
        } else {
            assertThat(sizes)
                    .hasToString(expected.get("points_per_segment").toString().replace(",", ", "));
        }
    }

    @ParameterizedTest
    @MethodSource("namesForGpxpy")
    void measuresAsGpxpyDoes(String name) throws IOException {
        var expected = RealFiles.expected(GPXPY).get(name);

        var total = Measures.of(document(name), AS_GPXPY, GpxLimits.DEFAULT).total();

        check(total.length2dM(), expected.get("length_2d_m"), "2D length, m");
        check(total.length3dM(), expected.get("length_3d_m"), "3D length, m");
        check(total.ascentM(), expected.get("uphill_m"), "ascent, m");
        check(total.descentM(), expected.get("downhill_m"), "descent, m");
        check(total.eleMinM(), expected.get("ele_min"), "least elevation, m");
        check(total.eleMaxM(), expected.get("ele_max"), "greatest elevation, m");
        check(orZero(total.movingS()), expected.get("moving_time_s"), "moving time, s");
        check(orZero(total.stoppedS()), expected.get("stopped_time_s"), "stopped time, s");
        check(orZero(total.movingM()), expected.get("moving_distance_m"), "moving distance, m");
        check(orZero(total.stoppedM()), expected.get("stopped_distance_m"), "stopped distance, m");
        check(orZero(total.maxSpeedMps()), expected.get("max_speed_ms"), "greatest speed, m/s");
        if (!name.equals(WITH_PAUSES)) {
            bounds(total, expected.get("bounds"));
        }
        time(total.startTime(), expected.get("start"));
        time(total.endTime(), expected.get("end"));
    }

    @ParameterizedTest
    @MethodSource("namesForGeographicLib")
    void measuresTheEllipsoidAndTheSphereAsGeographicLibDoes(String name) throws IOException {
        var expected = RealFiles.expected(GEOGRAPHIC_LIB).get(name);
        var document = document(name);

        var geodesic =
                Measures.of(
                                document,
                                new Measuring(DistanceMethod.GEODESIC, AscentMethod.RAW, 0, 1, 0),
                                GpxLimits.DEFAULT)
                        .total();
        var haversine = Measures.of(document, Measuring.DEFAULT, GpxLimits.DEFAULT).total();

        // There is no way over the ellipsoid to 200 degrees north.
        if (!name.equals(WITH_PAUSES)) {
            metres(geodesic.length2dM(), expected.get("geodesic_2d_m"), "geodesic 2D length, m");
            metres(geodesic.length3dM(), expected.get("geodesic_3d_m"), "geodesic 3D length, m");
        }
        metres(
                haversine.length2dM(),
                expected.get("haversine_R6371008.8_m"),
                "haversine 2D length, m");
    }

    private static GpxDocument document(String name) throws IOException {
        if (name.equals(WITH_PAUSES)) {
            return AllTrackPoints.of(RealFiles.source(name));
        }
        var reading = GpxReader.read(RealFiles.source(name), Reading.LENIENT, GpxLimits.DEFAULT);
        assertThat(reading.dropped()).as("points that the other tool measured").isZero();
        return reading.document();
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** Their numbers have six decimals. */
    private static void check(double ours, JsonNode theirs, String what) {
        if (theirs.isNull()) {
            assertThat(ours).as(what).isNaN();
        } else {
            assertThat(theirs.isNumber()).as(what).isTrue();
            double expected = theirs.asDouble();
            DEVIATIONS.check("gpxpy: " + what, ours, expected, Math.abs(expected) * 1e-6 + 1e-6);
        }
    }

    /** Their numbers have four decimals. */
    private static void metres(double ours, JsonNode theirs, String what) {
        double expected = theirs.asDouble(Double.NaN);
        DEVIATIONS.check("GeographicLib: " + what, ours, expected, 0.001 + expected * 1e-9);
    }

    private static void bounds(Stats total, JsonNode expected) {
        var box = total.box();
        if (box == null) {
            assertThat(expected.isNull()).isTrue();
            return;
        }
        double[] ours = {box.south(), box.west(), box.north(), box.east()};
        for (int i = 0; i < ours.length; i++) {
            DEVIATIONS.check("gpxpy: bounds, degrees", ours[i], expected.get(i).asDouble(), 1e-6);
        }
    }

    private static void time(long ours, JsonNode theirs) {
        if (theirs.isNull()) {
            assertThat(ours).isEqualTo(Points.NO_TIME);
        } else {
            Instant expected = OffsetDateTime.parse(theirs.asText()).toInstant();
            DEVIATIONS.check("gpxpy: start and end, ms", ours, expected.toEpochMilli(), 1);
        }
    }
}
