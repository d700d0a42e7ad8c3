package io.trekpoint.system.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(WholeProduct.class)
class JobTypesTest {
    private static final String REAL_FILE = "georust-gpx/garmin-activity.gpx";

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "import   |                                              | application/gpx+xml | <?xml",
                "import   | prefer=rte                                   | application/gpx+xml | <?xml",
                "validate | version=1.1                                  | application/json    | {\"valid\":false",
                "stats    | distance=geodesic&ascent=raw                 | application/json    | {\"total\":{\"points\":988",
                "convert  | to=geojson                                   | application/geo+json | {\"type\":\"FeatureCollection\"",
                "convert  | to=kml                                       | application/vnd.google-earth.kml+xml | <?xml",
                "convert  | to=tcx                                       | application/vnd.garmin.tcx+xml | <?xml",
                "convert  | to=csv&include=time,hr                       | text/csv            | kind,line,segment",
                "convert  | to=gpx11&precision=5                         | application/gpx+xml | <?xml",
                "convert  | to=polyline&precision=6                      | text/plain          | ",
                "export   | to=kml&simplify={\"toleranceM\":5}&privacy={\"trimStartM\":100} | application/vnd.google-earth.kml+xml | <?xml",
                "simplify | algorithm=visvalingam&maxPoints=50&keepEle=true | application/gpx+xml | <?xml",
                "edit     | ops=[{\"op\":\"reverse\"},{\"op\":\"split\",\"distanceM\":1000}] | application/gpx+xml | <?xml",
                "privacy  | stripTime=true                               | application/gpx+xml | <?xml",
                "profile  | width=400&height=100                         | image/svg+xml       | <svg",
                "profile  | form=json                                    | application/json    | {\"lengthM\":"
            })
    void doesEveryTypeOnARealFile(
            String type, String parameters, String mediaType, String begins, Product product) {
        Caller client = product.client("partner");

        JsonNode job = done(client, type, parameters, Gpx.real(REAL_FILE));

        assertThat(job.at("/result/type").asText()).isEqualTo(type);
        assertThat(job.at("/result/counts/points").asInt()).isEqualTo(988);
        assertThat(job.at("/result/input/gpxVersion").asText()).isEqualTo("1.1");
        Answer output = client.get(job.at("/links/result").asText());
        assertThat(output.header("Content-Type")).startsWith(mediaType);
        assertThat(output.body().length).isEqualTo(job.at("/result/output/bytes").asInt());
        assertThat(output.text()).startsWith(begins == null ? "" : begins);
    }

    @Test
    void thinsOutAfterItHasHidden(Product product) {
        Caller client = product.client("partner");
        byte[] gpx = Gpx.real(REAL_FILE);

        JsonNode data =
                done(
                                client,
                                "export",
                                "to=gpx11&privacy={\"trimEndM\":500}&simplify={\"toleranceM\":20}",
                                gpx)
                        .at("/result/data");

        int removed = data.at("/removed/points").asInt();
        assertThat(removed).isPositive();
        assertThat(data.at("/simplified/before").asInt()).isEqualTo(988 - removed);
        assertThat(data.at("/simplified/greatestErrorM").asDouble()).isBetween(0.0, 20.0);
        assertThat(data.at("/total/points").asInt())
                .isEqualTo(data.at("/simplified/after").asInt());
    }

    @Test
    void makesOneOfSeveralFiles(Product product) {
        Caller client = product.client("partner");
        String part = "--part\r\nContent-Disposition: form-data; name=";
        String walk = new String(Gpx.walk(), StandardCharsets.UTF_8);
        String form =
                "%s\"parameters\"\r\n\r\n{\"ops\":[{\"op\":\"merge\"}]}\r\n".formatted(part)
                        + "%s\"file\"; filename=\"a.gpx\"\r\n\r\n%s\r\n".formatted(part, walk)
                        + "%s\"file\"; filename=\"b.gpx\"\r\n\r\n%s\r\n--part--\r\n"
                                .formatted(part, walk.replace("2026-06-01", "2026-07-01"));

        Answer answer =
                client.post(
                        "/v1/jobs/edit",
                        Gpx.of(form),
                        "Content-Type",
                        "multipart/form-data; boundary=part",
                        "Prefer",
                        "wait=20");

        JsonNode result = answer.json().path("result");
        assertThat(result.path("inputs")).as("%s", answer).hasSize(2);
        assertThat(result.at("/counts/tracks").asInt()).isEqualTo(2);
    }

    @Test
    void namesThePlaceOfWhatStrictReadingRefuses(Product product) {
        byte[] gpx =
                Gpx.of(
                        """
                        <gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">
                        <wpt lat="46.0" lon="0x9"/>
                        </gpx>
                        """);

        JsonNode job =
                product.client("partner")
                        .post(
                                "/v1/jobs/stats?mode=strict",
                                gpx,
                                "Content-Type",
                                "application/gpx+xml",
                                "Prefer",
                                "wait=20")
                        .json();

        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.at("/failure/line").asInt()).isEqualTo(2);
        assertThat(job.at("/failure/column").asInt()).isPositive();
        assertThat(job.at("/failure/retryable").asBoolean()).isFalse();
    }

    /** Each type has its own switch, and the others go on. */
    @Test
    void refusesATypeThatWasKilledAndNoOther(Product product) {
        Caller client = product.client("partner");
        Caller operator = product.operator("operator");
        String kill = "/v1/flags/gpx.profile/kill";
        assertThat(operator.postJson(kill, "{\"reason\":\"a test\"}").status()).isEqualTo(200);
        try {
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() ->
                            assertThat(submitted(client, "profile", "", Gpx.walk()).problem())
                                    .isEqualTo("urn:trekpoint:problem:feature-disabled"));
            done(client, "stats", "", Gpx.walk());
        } finally {
            operator.postJson("/v1/flags/gpx.profile/restore", "{\"reason\":\"a test\"}");
        }
    }

    private static JsonNode done(Caller client, String type, String parameters, byte[] gpx) {
        Answer answer = submitted(client, type, parameters, gpx);
        assertThat(answer.json().path("state").asText()).as("%s", answer).isEqualTo("succeeded");
        return answer.json();
    }

    private static Answer submitted(Caller client, String type, String parameters, byte[] gpx) {
        return client.post(
                "/v1/jobs/" + type + query(parameters),
                gpx,
                "Content-Type",
                "application/gpx+xml",
                "Prefer",
                "wait=20");
    }

    private static String query(String parameters) {
        if (parameters == null || parameters.isEmpty()) {
            return "";
        }
        StringBuilder query = new StringBuilder("?");
        for (String parameter : parameters.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            query.append(pair[0])
                    .append('=')
                    .append(URLEncoder.encode(pair[1], StandardCharsets.UTF_8))
                    .append('&');
        }
        return query.toString();
    }
}
