package io.trekpoint.system.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Refusal;
import io.trekpoint.system.product.WholeProduct;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@ExtendWith(WholeProduct.class)
class GatewayRefusalTest {
    private static final byte[] WALK = Gpx.walk();
    private static final String EXPORT = "/v1/jobs/export";
    private static final String GPX = "application/gpx+xml";

    static final List<Refusal> REFUSALS =
            List.of(
                    post(
                            "wrong media type",
                            "?to=kml",
                            WALK,
                            415,
                            "unsupported-media-type",
                            "Content-Type",
                            "Content-Type",
                            "image/png"),
                    post(
                            "no media type",
                            "?to=kml",
                            WALK,
                            415,
                            "unsupported-media-type",
                            "Content-Type"),
                    post(
                            "unknown encoding",
                            "?to=kml",
                            WALK,
                            415,
                            "unsupported-media-type",
                            "Content-Encoding",
                            "Content-Type",
                            GPX,
                            "Content-Encoding",
                            "br"),
                    post(
                            "unknown format",
                            "?to=shapefile",
                            WALK,
                            400,
                            "invalid-parameter",
                            "to",
                            "Content-Type",
                            GPX),
                    post(
                            "no format",
                            "",
                            WALK,
                            400,
                            "invalid-parameter",
                            "to",
                            "Content-Type",
                            GPX),
                    post(
                            "two formats",
                            "?to=kml&to=geojson",
                            WALK,
                            400,
                            "invalid-parameter",
                            "to",
                            "Content-Type",
                            GPX),
                    post(
                            "unknown parameter",
                            "?to=kml&too=gpx11",
                            WALK,
                            400,
                            "invalid-parameter",
                            "too",
                            "Content-Type",
                            GPX),
                    post(
                            "empty body",
                            "?to=kml",
                            new byte[0],
                            400,
                            "empty-body",
                            "body",
                            "Content-Type",
                            GPX),
                    post(
                            "not the gzip it says",
                            "?to=kml",
                            WALK,
                            400,
                            "invalid-encoding",
                            "body",
                            "Content-Type",
                            GPX,
                            "Content-Encoding",
                            "gzip"),
                    post(
                            "gzip that is cut",
                            "?to=kml",
                            cut(Gpx.gzipped(WALK)),
                            400,
                            "invalid-encoding",
                            "body",
                            "Content-Type",
                            GPX,
                            "Content-Encoding",
                            "gzip"),
                    post(
                            "small gzip of a large body",
                            "?to=kml",
                            Gpx.gzipped(new byte[WholeProduct.LARGEST_BODY + 1]),
                            413,
                            "body-too-large",
                            "body",
                            "Content-Type",
                            GPX,
                            "Content-Encoding",
                            "gzip"),
                    post(
                            "idempotency key without quotes",
                            "?to=kml",
                            WALK,
                            400,
                            "invalid-header",
                            "Idempotency-Key",
                            "Content-Type",
                            GPX,
                            "Idempotency-Key",
                            "abc"),
                    post(
                            "idempotency key too long",
                            "?to=kml",
                            WALK,
                            400,
                            "invalid-header",
                            "Idempotency-Key",
                            "Content-Type",
                            GPX,
                            "Idempotency-Key",
                            '"' + "k".repeat(65) + '"'),
                    new Refusal(
                            "unknown job type",
                            p ->
                                    client(p)
                                            .post(
                                                    "/v1/jobs/resize?to=kml",
                                                    WALK,
                                                    "Content-Type",
                                                    GPX),
                            404,
                            "unknown-job-type",
                            "type"),
                    keyless("no key", _ -> "", "X-API-Key"),
                    keyless("mistyped key", p -> mistyped(p.key("partner")), "mistyped"),
                    keyless("unknown key", _ -> stranger(), "not known"),
                    get("unknown job", "/v1/jobs/no-such-job", 404, "job-not-found", "job"),
                    get(
                            "result of an unknown job",
                            "/v1/jobs/no-such-job/result",
                            404,
                            "job-not-found",
                            "job"),
                    get("unknown path", "/v1/trails", 404, "not-found", "path"),
                    new Refusal(
                            "wrong method",
                            p -> client(p).send("PUT", EXPORT, BodyPublishers.ofByteArray(WALK)),
                            405,
                            "method-not-allowed",
                            "method"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("REFUSALS")
    void refusesWithAProblemThatNamesWhatIsWrong(Refusal refusal, Product product) {
        Answer answer = refusal.request().apply(product);

        assertThat(answer.status()).as("%s", answer).isEqualTo(refusal.status());
        assertThat(answer.problem()).isEqualTo("urn:trekpoint:problem:" + refusal.type());
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(refusal.status());
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("instance").asText()).isEqualTo(answer.header("X-Request-Id"));
        if (problem.has("field")) {
            assertThat(problem.path("field").asText()).isEqualTo(refusal.named());
        } else {
            assertThat(problem.path("detail").asText()).contains(refusal.named());
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REFUSALS")
    void storesNothingOfWhatItRefuses(Refusal refusal, Product product) {
        long before = stored(product);

        refusal.request().apply(product);

        assertThat(stored(product)).isEqualTo(before);
    }

    @Test
    void saysHowToAuthenticate(Product product) {
        Answer answer = client(product).as("").get("/v1/jobs/any");

        assertThat(answer.header("WWW-Authenticate")).contains("X-API-Key");
    }

    @Test
    void hidesTheJobsOfOthers(Product product) {
        String id = submitted(product);

        Answer answer = client(product).as(product.key("stranger")).get("/v1/jobs/" + id);

        assertThat(answer.problem()).isEqualTo("urn:trekpoint:problem:job-not-found");
    }

    @Test
    void hidesTheResultsOfOthers(Product product) {
        String id = submitted(product);

        Answer answer =
                client(product).as(product.key("stranger")).get("/v1/jobs/" + id + "/result");

        assertThat(answer.problem()).isEqualTo("urn:trekpoint:problem:job-not-found");
    }

    private static String submitted(Product product) {
        return client(product).export("kml", WALK, "Prefer", "wait=20").json().path("id").asText();
    }

    /** Jobs, inputs and idempotency keys. */
    private static long stored(Product product) {
        return product.jobKeys("j:*") + product.jobKeys("in:*") + product.jobKeys("d:*");
    }

    private static Caller client(Product product) {
        return product.client("partner");
    }

    private static Refusal post(
            String what,
            String query,
            byte[] body,
            int status,
            String type,
            String named,
            String... headers) {
        return new Refusal(
                what, p -> client(p).post(EXPORT + query, body, headers), status, type, named);
    }

    private static Refusal get(String what, String path, int status, String type, String named) {
        return new Refusal(what, p -> client(p).get(path), status, type, named);
    }

    private static Refusal keyless(String what, Function<Product, String> key, String named) {
        return new Refusal(
                what,
                p -> client(p).as(key.apply(p)).export("kml", WALK),
                401,
                "unauthenticated",
                named);
    }

    private static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static String mistyped(String key) {
        char last = key.charAt(key.length() - 1);
        return key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
    }

    private static String stranger() {
        return ApiKey.generate("dev", new SecureRandom()).reveal();
    }
}
