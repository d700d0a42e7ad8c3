package io.trekpoint.system.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(WholeProduct.class)
class ExportJourneyTest {
    private static final List<String> REAL_FILES =
            List.of(
                    "georust-gpx/garmin-activity.gpx",
                    "georust-gpx/garmin_with_extensions.gpx",
                    "georust-gpx/strava_route_example.gpx",
                    "georust-gpx/wahoo_example.gpx",
                    "georust-gpx/ecology-trail-and-lovers-lane-loop.gpx",
                    "georust-gpx/caltopo-export.gpx",
                    "georust-gpx/outdooractive-export.gpx",
                    "georust-gpx/gpsies_example.gpx",
                    "georust-gpx/viking_with_route_extensions.gpx",
                    "georust-gpx/mousehole_to_paul.gpx",
                    "georust-gpx/with_accuracy.gpx",
                    "gpx.studio/with_tracks_and_segments.gpx",
                    "jpx/GPX_10-1.gpx",
                    "opentracks/gpx_timezone.gpx",
                    "phpGPX/endomondo.gpx");

    static Stream<Arguments> everyFileInEveryFormat() {
        return REAL_FILES.stream()
                .flatMap(file -> Arrays.stream(Output.values()).map(to -> Arguments.of(file, to)));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("everyFileInEveryFormat")
    void exportsRealFile(String file, Output to, Product product) {
        Caller client = product.client("partner");

        JsonNode job = exported(client, to, Gpx.real(file));

        to.check(client.get(job.at("/result/output/href").asText()));
    }

    @ParameterizedTest
    @EnumSource
    void servesTheResultAsItsMediaType(Output to, Product product) {
        Caller client = product.client("partner");

        Answer result = resultOf(client, exported(client, to, Gpx.walk()));

        assertThat(result.header("Content-Type")).startsWith(to.mediaType());
    }

    @ParameterizedTest
    @EnumSource
    void namesTheResultAsAFile(Output to, Product product) {
        Caller client = product.client("partner");
        JsonNode job = exported(client, to, Gpx.walk());

        assertThat(resultOf(client, job).header("Content-Disposition"))
                .isEqualTo(
                        "attachment; filename=\"%s.%s\""
                                .formatted(job.path("id").asText(), to.extension()));
    }

    @Test
    void showsEveryFieldOfAFinishedJob(Product product) {
        Instant before = Instant.now().minusSeconds(1);

        JsonNode job = exported(product.client("partner"), Output.GEOJSON, Gpx.walk());

        String self = "/v1/jobs/" + job.path("id").asText();
        assertThat(job.path("type").asText()).isEqualTo("export");
        assertThat(job.at("/parameters/to").asText()).isEqualTo("geojson");
        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(1);
        assertThat(job.path("maxAttempts").asInt()).isPositive();
        assertThat(job.path("progress").asDouble()).isEqualTo(1);
        assertThat(Instant.parse(job.path("createdAt").asText())).isAfter(before);
        assertThat(Instant.parse(job.path("startedAt").asText()))
                .isAfterOrEqualTo(Instant.parse(job.path("createdAt").asText()));
        assertThat(Instant.parse(job.path("finishedAt").asText()))
                .isAfterOrEqualTo(Instant.parse(job.path("startedAt").asText()));
        assertThat(Instant.parse(job.path("expiresAt").asText())).isAfter(Instant.now());
        assertThat(job.path("durability").asText()).isIn("confirmed", "unconfirmed");
        assertThat(job.at("/result/output/href").asText()).isEqualTo(self + "/result");
        assertThat(job.at("/result/output/mediaType").asText()).isEqualTo("application/geo+json");
        assertThat(job.at("/result/output/bytes").asLong()).isPositive();
        assertThat(job.at("/result/output/sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(job.at("/links/self").asText()).isEqualTo(self);
        assertThat(job.has("failure")).isFalse();
    }

    @Test
    void tagsTheResultWithTheDigestOfItsBytes(Product product) throws NoSuchAlgorithmException {
        Caller client = product.client("partner");

        Answer result = resultOf(client, exported(client, Output.KML, Gpx.walk()));

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(result.body());
        assertThat(result.header("ETag")).isEqualTo('"' + HexFormat.of().formatHex(digest) + '"');
    }

    @Test
    void doesNotSendAResultTheClientHas(Product product) {
        Caller client = product.client("partner");
        JsonNode job = exported(client, Output.GPX11, Gpx.walk());
        String tag = resultOf(client, job).header("ETag");

        Answer again = client.get(job.at("/links/result").asText(), "If-None-Match", tag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void acceptsAtOnceWhereNobodyWaits(Product product) {
        Answer answer = product.client("partner").export("geojson", Gpx.walk());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location"))
                .endsWith("/v1/jobs/" + answer.json().path("id").asText());
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }

    @Test
    void showsAnAcceptedJobAsSucceededLater(Product product) {
        Caller client = product.client("partner");
        String id = client.export("kml", Gpx.walk()).json().path("id").asText();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> state(client.get("/v1/jobs/" + id)).equals("succeeded"));
    }

    @Test
    void waitsForAJobThatIsLookedAt(Product product) {
        Caller client = product.client("partner");
        String id = client.export("kml", Gpx.track(500_000)).json().path("id").asText();

        assertThat(state(client.get("/v1/jobs/" + id, "Prefer", "wait=20"))).isEqualTo("succeeded");
    }

    @Test
    void takesACompressedBody(Product product) {
        Caller client = product.client("partner");
        byte[] gpx = Gpx.track(20_000);

        Answer packed =
                client.export(
                        "geojson",
                        Gpx.gzipped(gpx),
                        "Content-Encoding",
                        "gzip",
                        "Prefer",
                        "wait=20");

        assertThat(packed.json().at("/result/output/sha256").asText())
                .isEqualTo(
                        exported(client, Output.GEOJSON, gpx).at("/result/output/sha256").asText());
    }

    @Test
    void measuresWhatItExports(Product product) {
        byte[] gpx = Gpx.real("georust-gpx/garmin-activity.gpx");

        JsonNode total =
                exported(product.client("partner"), Output.GEOJSON, gpx).at("/result/data/total");

        assertThat(total.path("points").asInt()).isEqualTo(988);
        assertThat(total.path("length2dM").asDouble()).isCloseTo(12_835, withinPercentage(1));
        assertThat(total.path("ascentM").asDouble()).isPositive();
        assertThat(total.path("elapsedS").asDouble()).isEqualTo(5_498);
        assertThat(total.path("bbox").size()).isEqualTo(4);
    }

    @Test
    void exportsFiveMegabytesWhole(Product product) {
        Caller client = product.client("partner");
        byte[] gpx = Gpx.track(5_000_000);

        Answer result = resultOf(client, exported(client, Output.GEOJSON, gpx));

        long points = new String(gpx, UTF_8).lines().filter(it -> it.contains("<trkpt")).count();
        long written =
                StreamSupport.stream(result.json().path("features").spliterator(), false)
                        .mapToLong(it -> it.at("/geometry/coordinates").size())
                        .sum();
        assertThat(points).isGreaterThan(10_000);
        assertThat(written).isEqualTo(points);
    }

    private static JsonNode exported(Caller client, Output to, byte[] gpx) {
        Answer answer = client.export(to.parameter(), gpx, "Prefer", "wait=20");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(state(answer)).as("%s", answer).isEqualTo("succeeded");
        return answer.json();
    }

    private static Answer resultOf(Caller client, JsonNode job) {
        Answer result = client.get(job.at("/links/result").asText());
        assertThat(result.status()).as("%s", result).isEqualTo(200);
        return result;
    }

    private static String state(Answer answer) {
        return answer.json().path("state").asText();
    }
}
