package io.trekpoint.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.gpx.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpxEnvelopeTest {
    private static final long MAX_BODY = 1000;
    private static final Map<String, List<String>> TO_GEOJSON = Map.of("to", List.of("geojson"));

    @Test
    void takesAPlainAndAGzippedBody() {
        GpxEnvelope plain = envelope(TO_GEOJSON, "application/gpx+xml", null, 10);
        assertThat(plain.gzipped()).isFalse();
        assertThat(((GpxTask.Export) plain.task()).writing().to()).isEqualTo(Target.GEOJSON);
        GpxEnvelope gzipped =
                envelope(
                        Map.of("to", List.of("kml")), "application/xml; charset=utf-8", "gzip", -1);
        assertThat(gzipped.gzipped()).isTrue();
        assertThat(((GpxTask.Export) gzipped.task()).writing().to()).isEqualTo(Target.KML);
    }

    @Test
    void findsTheBoundaryOfAForm() {
        assertThat(envelope(Map.of(), "multipart/form-data; boundary=\"a b\"", null, -1).boundary())
                .contains("a b");
        assertThat(refused(Map.of(), "multipart/form-data", null, 10).field())
                .isEqualTo("Content-Type");
    }

    @Test
    void takesStructuredParametersAsJson() {
        GpxEnvelope envelope =
                envelope(
                        Map.of("to", List.of("kml"), "simplify", List.of("{\"toleranceM\":5}")),
                        "application/gpx+xml",
                        null,
                        10);
        assertThat(((GpxTask.Export) envelope.task()).simplifying()).isPresent();
        assertThat(
                        refused(
                                        Map.of("to", List.of("kml"), "simplify", List.of("{")),
                                        "application/gpx+xml",
                                        null,
                                        10)
                                .rule())
                .isEqualTo("must be JSON");
    }

    @Test
    void namesAFormatItDoesNotKnow() {
        Problem problem =
                refused(Map.of("to", List.of("shapefile")), "application/gpx+xml", null, 10);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.field()).isEqualTo("to");
        assertThat(problem.rule()).isEqualTo("must be geojson, kml, tcx, csv, gpx11, polyline");
    }

    @Test
    void asksForOneFormat() {
        assertThat(refused(Map.of(), "application/gpx+xml", null, 10).field()).isEqualTo("to");
        assertThat(
                        refused(
                                        Map.of("to", List.of("kml", "kml")),
                                        "application/gpx+xml",
                                        null,
                                        10)
                                .field())
                .isEqualTo("to");
    }

    @Test
    void namesAParameterItDoesNotKnow() {
        Problem problem =
                refused(
                        Map.of("to", List.of("kml"), "colour", List.of("red")),
                        "application/gpx+xml",
                        null,
                        10);
        assertThat(problem.field()).isEqualTo("colour");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PRIVACY | zones      | [{\"lat\":1e999,\"lon\":9,\"radiusM\":100}] | zones[0].lat",
                "PRIVACY | zones      | [{\"lat\":1e-999999999,\"lon\":9,\"radiusM\":1e999999999}] | zones[0].radiusM",
                "EDIT    | ops        | [{\"op\":\"shiftTime\",\"seconds\":-1e999}] | ops[0].seconds",
                "EDIT    | ops        | [{\"op\":\"split\",\"index\":1e999}] | ops[0].index",
                "EDIT    | ops        | [{\"op\":\"crop\",\"bbox\":[0,0,1,1e999]}] | ops[0].bbox",
                "EXPORT  | privacy    | {\"trimStartM\":1e400} | privacy.trimStartM",
                "STATS   | thresholdM | 1e999 | thresholdM",
            })
    void namesANumberThatIsBeyondAll(GpxType type, String name, String value, String field) {
        Map<String, List<String>> query =
                type == GpxType.EXPORT
                        ? Map.of(name, List.of(value), "to", List.of("kml"))
                        : Map.of(name, List.of(value));

        Problem problem =
                catchThrowableOfType(ProblemException.class, () -> envelope(type, query)).problem();

        assertThat(problem.type()).endsWith("invalid-parameter");
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.rule()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5.0", "5e0", "0.5e1", "50E-1", "5.000000000000000"})
    void takesANumberHoweverItIsWritten(String number) {
        Map<String, List<String>> query =
                Map.of("privacy", List.of("{\"trimStartM\":" + number + "}"), "to", List.of("kml"));

        assertThat(envelope(GpxType.EXPORT, query).task())
                .isInstanceOfSatisfying(
                        GpxTask.Export.class,
                        export ->
                                assertThat(export.privacy().orElseThrow().trimStartM())
                                        .isEqualTo(5));
    }

    @Test
    void refusesOtherMediaTypesAndEncodings() {
        assertThat(refused(TO_GEOJSON, "application/json", null, 10).status()).isEqualTo(415);
        assertThat(refused(TO_GEOJSON, null, null, 10).field()).isEqualTo("Content-Type");
        assertThat(refused(TO_GEOJSON, "application/gpx+xml", "br", 10).field())
                .isEqualTo("Content-Encoding");
    }

    @Test
    void refusesABodyByItsAnnouncedLength() {
        assertThat(refused(TO_GEOJSON, "application/gpx+xml", null, MAX_BODY + 1).status())
                .isEqualTo(413);
        assertThat(refused(TO_GEOJSON, "application/gpx+xml", null, 0).status()).isEqualTo(400);
    }

    private static GpxEnvelope envelope(GpxType type, Map<String, List<String>> query) {
        return GpxEnvelope.of(
                type,
                new GpxEnvelope.Headers(query, "application/gpx+xml", null, 10, null),
                MAX_BODY);
    }

    private static GpxEnvelope envelope(
            Map<String, List<String>> query,
            String contentType,
            String contentEncoding,
            long contentLength) {
        return GpxEnvelope.of(
                GpxType.EXPORT,
                new GpxEnvelope.Headers(query, contentType, contentEncoding, contentLength, null),
                MAX_BODY);
    }

    private static Problem refused(
            Map<String, List<String>> query,
            String contentType,
            String contentEncoding,
            long contentLength) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> envelope(query, contentType, contentEncoding, contentLength))
                .problem();
    }
}
