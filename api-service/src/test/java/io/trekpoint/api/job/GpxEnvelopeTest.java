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
