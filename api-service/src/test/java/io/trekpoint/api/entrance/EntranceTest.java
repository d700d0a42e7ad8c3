package io.trekpoint.api.entrance;

import static io.restassured.RestAssured.given;
import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer carries, and what is refused before anybody looks at it. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class EntranceTest {
    private static final String PRIVATE = "private, no-cache";
    private static final String DATE =
            "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT";
    private static final String PROBLEM = "urn:trekpoint:problem:";

    @Inject KnownClients clients;
    @TestHTTPResource String url;

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/jobs, 200",
        "GET, /nothing, 404",
        "GET, /v1/nothing, 404",
        "PUT, /v1/jobs, 405",
        "GET, /v1/me, 200",
        "OPTIONS, /v1/jobs, 204",
        "GET, /q/health/live, 200",
        "GET, /q/nothing, 404",
        "GET, /status, 200",
    })
    void namesTheRequestAndGuardsBrowsersInEveryAnswer(String method, String path, int status) {
        KnownClients.as(HIKER)
                .header("X-Request-Id", "mine-1")
                .request(method, path)
                .then()
                .statusCode(status)
                .header("X-Request-Id", "mine-1")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY")
                .header("Date", matchesPattern(DATE))
                .header("Cache-Control", path.startsWith("/v1/") ? is(PRIVATE) : not(PRIVATE))
                .header("Strict-Transport-Security", nullValue())
                .header("Content-Security-Policy", matchesPattern("default-src 'none'.*"));
    }

    @Test
    void makesAnIdentityWhereThatOfTheClientIsNotSane() {
        given().header("X-Request-Id", "<script>")
                .get("/v1/nothing")
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void answersFrameworkErrorsWithAProblem() {
        given().get("/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo(PROBLEM + "not-found"))
                .body("instance", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void refusesAHeadBeyondItsBounds() throws Exception {
        refused("GET /" + "a".repeat(17_000) + " HTTP/1.1", "", 414, "uri-too-long");
        refused("GET /v1/jobs HTTP/1.1", "A: " + "b".repeat(17_000), 431, "headers-too-large");
        refused("GET /v1/jobs HTTP/1.1", "A: b\r\n".repeat(110).strip(), 431, "headers-too-large");
        refused("GET /v1/jobs?" + "a=b&".repeat(70) + " HTTP/1.1", "", 400, "invalid-parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: x', bad-request",
        "'Content-Length: -1', bad-request",
        "'Transfer-Encoding: nonsense', invalid-header",
        "'Transfer-Encoding: gzip, chunked', invalid-header",
        "'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', invalid-header",
        "'Content-Length: 3\r\nTransfer-Encoding: chunked', invalid-header",
        "'Transfer-Encoding: chunked\r\nContent-Length: 3', invalid-header"
    })
    void refusesABodyOfNoLength(String header, String type) throws Exception {
        String heard =
                answerTo(
                        "POST /v1/jobs/stats HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX-API-Key: "
                                + HIKER.reveal()
                                + "\r\nContent-Type: application/gpx+xml\r\n"
                                + header
                                + "\r\n\r\n");
        assertThat(heard)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", PROBLEM + type)
                .containsIgnoringCase("X-Request-Id: ");
    }

    /** Whose two lengths are: what comes behind the shorter one is no request. */
    @Test
    void servesNothingOfABodyWithTwoLengths() throws Exception {
        String heard =
                answerTo(
                        "POST /v1/jobs/stats HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n"
                                + "Transfer-Encoding: chunked\r\nX-Request-Id: two-1\r\n\r\n"
                                + "0\r\n\r\nGET /status HTTP/1.1\r\nHost: t\r\n\r\n");

        assertThat(heard)
                .startsWith("HTTP/1.1 400")
                .contains("\"field\":\"Transfer-Encoding\"", "with Content-Length", "two-1")
                .doesNotContain("HTTP/1.1 200");
    }

    @Test
    void takesNoChunksInTheOldProtocol() throws Exception {
        assertThat(
                        answerTo(
                                "POST /v1/jobs/stats HTTP/1.0\r\nTransfer-Encoding: chunked\r\n"
                                        + "Content-Length: 5\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"field\":\"Transfer-Encoding\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.7", "0.9"})
    void refusesAnotherProtocol(String version) throws Exception {
        assertThat(answerTo("GET /status HTTP/" + version + "\r\nHost: t\r\n\r\n"))
                .startsWith("HTTP/1.1 505")
                .contains("application/problem+json", PROBLEM + "version-not-supported")
                .containsIgnoringCase("X-Request-Id: ");
    }

    @ParameterizedTest
    @CsvSource({"1.1, true", "1.0, false"})
    void saysThatABodyMayComeToWhoCanHearIt(String version, boolean says) throws Exception {
        String heard =
                answerTo(
                        "POST /v1/jobs/stats HTTP/"
                                + version
                                + "\r\nHost: t\r\nConnection: close\r\nExpect: 100-continue\r\n"
                                + "Content-Type: application/gpx+xml\r\nContent-Length: 3\r\nX-API-Key: "
                                + HIKER.reveal()
                                + "\r\n\r\nabc");

        assertThat(heard.contains("100 Continue")).isEqualTo(says);
        assertThat(heard).contains(version + " 202");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/jobs/%zz",
                "/v1/jobs/%",
                "/v1/jobs/a%2",
                "/v1/jobs/%c3%28",
                "/%ff",
                "/v1/jobs?limit=%zz",
                "/v1/jobs?limit=%ff",
                "/v1/jobs?%=1"
            })
    void refusesAUriThatCannotBeDecoded(String uri) throws Exception {
        String heard = answerTo("GET " + uri + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");

        assertThat(heard)
                .startsWith("HTTP/1.1 400")
                .contains(PROBLEM + "bad-request", "\"field\":\"uri\"")
                .containsIgnoringCase("X-Request-Id: ");
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, 400, bad-request",
        "GET /v1/jobs, 400, bad-request",
        "GET /v1/jobs HTTP/x.y, 400, bad-request",
        "'GET /v1/jobs HTTP/1.1\r\nna me: x', 400, bad-request",
        "'GET /v1/jobs HTTP/1.1\r\nna\0me: x', 400, bad-request",
        "'GET /v1/jobs HTTP/1.1\r\nname: x\0y', 400, bad-request",
    })
    void answersWhatIsNoHeadWithAProblem(String head, int status, String type) throws Exception {
        assertThat(answerTo(head + "\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", PROBLEM + type, "Cache-Control: " + PRIVATE)
                .containsPattern("Date: " + DATE)
                .containsIgnoringCase("X-Request-Id: ");
    }

    @Test
    void answersAHeadThatIsNotReadToItsEndWithAProblem() throws Exception {
        assertThat(answerTo("GET /" + "a".repeat(200_000) + " HTTP/1.1\r\nHost: t\r\n\r\n"))
                .startsWith("HTTP/1.1 414")
                .contains(PROBLEM + "uri-too-long");
        assertThat(answerTo("GET / HTTP/1.1\r\nA: " + "b".repeat(200_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains(PROBLEM + "headers-too-large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /v1/jobs               | GET, HEAD, OPTIONS",
                "PATCH  | /v1/jobs/nothing       | DELETE, GET, HEAD, OPTIONS, POST",
                "POST   | /v1/jobs/nothing/result | GET, HEAD, OPTIONS",
                "DELETE | /v1/me                 | GET, HEAD, OPTIONS",
            })
    void namesTheMethodsOfAPath(String method, String path, String methods) {
        KnownClients.as(HIKER)
                .request(method, path)
                .then()
                .statusCode(405)
                .header("Allow", methods)
                .body("type", equalTo(PROBLEM + "method-not-allowed"));
        given().options(path).then().statusCode(204).header("Allow", methods);
    }

    /** The framework would serve them whatever the method. */
    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/metrics", "/q/openapi"})
    void keepsWhatTheFrameworkServesToThoseWhoReadIt(String path) {
        for (String method : List.of("DELETE", "POST", "TRACE", "FOO")) {
            given().request(method, path)
                    .then()
                    .statusCode(405)
                    .header("Allow", "GET, HEAD, OPTIONS")
                    .header("X-Request-Id", notNullValue())
                    .contentType("application/problem+json")
                    .body("type", equalTo(PROBLEM + "method-not-allowed"));
        }
        given().options(path).then().statusCode(204).header("Allow", "GET, HEAD, OPTIONS");
        given().head(path).then().statusCode(200);
        given().get(path).then().statusCode(200);
    }

    @Test
    void hasNoMethodsWhereNothingIs() {
        given().options("/q/nothing").then().statusCode(404).header("Allow", nullValue());
        given().options("/v1/nothing").then().statusCode(404).header("Allow", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"to=", "to=kml&name=", "to=kml&"})
    void refusesAParameterOfAnySizeAndDoesNotRepeatIt(String query) {
        String large = "x".repeat(12_000);

        String answer =
                KnownClients.as(HIKER)
                        .contentType("application/gpx+xml")
                        .body("<gpx/>")
                        .post("/v1/jobs/export?" + query + large)
                        .then()
                        .statusCode(400)
                        .body("type", equalTo(PROBLEM + "invalid-parameter"))
                        .extract()
                        .asString();

        assertThat(answer).hasSizeLessThan(1_000);
    }

    @Test
    void keepsPagesOfOtherOriginsOut() {
        KnownClients.as(HIKER)
                .header("Origin", "https://elsewhere.example")
                .get("/v1/jobs")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void logsWhatCameOfEveryRequestButProbesAndNoSecret() throws Exception {
        String line;
        try (LogLines access = LogLines.ofAccess()) {
            KnownClients.as(HIKER)
                    .header("X-Request-Id", "logged-1")
                    .get("/v1/jobs/nothing?token=hidden")
                    .then()
                    .statusCode(404);
            given().header("X-Request-Id", "probe-1").get("/q/health/live");
            given().header("X-Request-Id", "probe-1").get("/q/metrics");
            answerTo("nonsense\r\n\r\n");
            line = access.with("logged-1");
            assertThat(access.with("bad-request")).doesNotContain("client");
            assertThat(access.all()).noneMatch(it -> it.contains("probe-1"));
        }
        assertThat(line)
                .doesNotContain("hidden")
                .doesNotContain(HIKER.reveal().substring(HIKER.reveal().lastIndexOf('_') + 1));
        JsonObject logged = new JsonObject(line);
        assertThat(logged.getString("client")).isEqualTo(HIKER.id());
        assertThat(logged.getString("route")).isEqualTo("/v1/jobs/{id}");
        assertThat(logged.getString("outcome")).isEqualTo("refused");
        assertThat(logged.getString("problem")).isEqualTo(PROBLEM + "job-not-found");
        assertThat(logged.getString("mode")).isEqualTo("normal");
        assertThat(logged.getInteger("status")).isEqualTo(404);
    }

    private void refused(String line, String header, int status, String type) throws Exception {
        try (Wire wire = Wire.to(url)) {
            String heard =
                    wire.say(line + "\r\nHost: t\r\nConnection: close\r\n")
                            .say(header.isEmpty() ? "\r\n" : header + "\r\n\r\n")
                            .hearToTheEnd();
            assertThat(heard)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("application/problem+json")
                    .contains(PROBLEM + type);
        }
    }

    private String answerTo(String text) throws Exception {
        try (Wire wire = Wire.to(url)) {
            return wire.say(text).hearToTheEnd();
        }
    }
}
