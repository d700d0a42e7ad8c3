package io.trekpoint.worker.gpx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.gpx.AscentMethod;
import io.trekpoint.lanes.gpx.DistanceMethod;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.Reading;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers of files that real programs wrote, held against those of other tools. */
class ExactnessTest {

    private static final Measuring AS_GPXPY =
            new Measuring(DistanceMethod.GPXPY, AscentMethod.GPXPY, 0, 1, 0);

    static List<String> namesForGpxpy() throws IOException {
        return comparable("expected-gpxpy-1.5.0.json");
    }

    static List<String> namesForGeographicLib() throws IOException {
        return comparable("expected-geographiclib-2.1.json");
    }

    /**
     * Files that the other tool could read. Where we drop points, as at 100 degrees north by which
     * one recorder means a pause, it measured another line.
     */
    private static List<String> comparable(String file) throws IOException {
        var names = new ArrayList<String>();
        for (String name : RealFiles.names()) {
            var reading =
                    GpxReader.read(RealFiles.source(name), Reading.LENIENT, GpxLimits.DEFAULT);
            if (RealFiles.expected(file).path(name).size() > 1 && reading.dropped() == 0) {
                names.add(name);
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("namesForGpxpy")
    void measuresAsGpxpyDoes(String name) throws IOException {
        var expected = RealFiles.expected("expected-gpxpy-1.5.0.json").get(name);

        var total = total(name, AS_GPXPY);

        check(total.length2dM(), expected.get("length_2d_m"), "2D length");
        check(total.length3dM(), expected.get("length_3d_m"), "3D length");
        check(total.ascentM(), expected.get("uphill_m"), "ascent");
        check(total.descentM(), expected.get("downhill_m"), "descent");
        check(total.eleMinM(), expected.path("ele_min"), "least elevation");
        check(total.eleMaxM(), expected.path("ele_max"), "greatest elevation");
        check(orZero(total.movingS()), expected.get("moving_time_s"), "moving time");
        check(orZero(total.stoppedS()), expected.get("stopped_time_s"), "stopped time");
        check(orZero(total.movingM()), expected.get("moving_distance_m"), "moving distance");
        check(orZero(total.stoppedM()), expected.get("stopped_distance_m"), "stopped distance");
        check(orZero(total.maxSpeedMps()), expected.get("max_speed_ms"), "greatest speed");
        bounds(total, expected.path("bounds"));
        time(total.startTime(), expected.path("start"));
        time(total.endTime(), expected.path("end"));
    }

    @ParameterizedTest
    @MethodSource("namesForGeographicLib")
    void measuresTheEllipsoidAndTheSphereAsGeographicLibDoes(String name) throws IOException {
        var expected = RealFiles.expected("expected-geographiclib-2.1.json").get(name);

        var geodesic =
                total(name, new Measuring(DistanceMethod.GEODESIC, AscentMethod.RAW, 0, 1, 0));
        var haversine = total(name, Measuring.DEFAULT);

        metres(geodesic.length2dM(), expected.get("geodesic_2d_m"));
        metres(geodesic.length3dM(), expected.get("geodesic_3d_m"));
        metres(haversine.length2dM(), expected.get("haversine_R6371008.8_m"));
    }

    private static Stats total(String name, Measuring measuring) throws IOException {
        var reading = GpxReader.read(RealFiles.source(name), Reading.LENIENT, GpxLimits.DEFAULT);
        return Measures.of(reading.document(), measuring).total();
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** Their numbers have six decimals. */
    private static void check(double ours, JsonNode theirs, String what) {
        if (theirs.isNumber()) {
            double expected = theirs.asDouble();
            assertThat(ours).as(what).isCloseTo(expected, within(Math.abs(expected) * 1e-6 + 1e-6));
        } else {
            assertThat(ours).as(what).isNaN();
        }
    }

    private static void metres(double ours, JsonNode theirs) {
        double expected = theirs.asDouble();
        assertThat(ours).isCloseTo(expected, within(0.001 + expected * 1e-9));
    }

    private static void bounds(Stats total, JsonNode expected) {
        if (expected.isArray() && total.points() > 0) {
            var box = total.box();
            assertThat(box).isNotNull();
            assertThat(List.of(box.south(), box.west(), box.north(), box.east()))
                    .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
                    .containsExactly(
                            expected.get(0).asDouble(),
                            expected.get(1).asDouble(),
                            expected.get(2).asDouble(),
                            expected.get(3).asDouble());
        }
    }

    private static void time(long ours, JsonNode theirs) {
        if (theirs.isTextual() && ours != Points.NO_TIME) {
            long expected = OffsetDateTime.parse(theirs.asText()).toInstant().toEpochMilli();
            assertThat(ours).isBetween(expected - 1, expected + 1);
        }
    }
}
