package io.trekpoint.api.entrance;

import static io.restassured.RestAssured.given;
import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that mean another than they look like. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class PathTest {
    private static final String PROBLEM = "urn:trekpoint:problem:";

    @Inject KnownClients clients;
    @TestHTTPResource String url;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health/../../v1/jobs/nothing",
                "/q/metrics/%2e%2e/%2E%2E/v1/jobs/nothing",
                "/q/health/./.././../v1/jobs/nothing"
            })
    void logsWhatWasServedAndNotWhatThePathBeginsWith(String path) throws Exception {
        try (LogLines access = LogLines.ofAccess()) {
            String id = "dots-" + Math.abs(path.hashCode());
            assertThat(answerTo("GET " + path, "X-Request-Id: " + id))
                    .startsWith("HTTP/1.1 404")
                    .contains(PROBLEM + "job-not-found");
            JsonObject line = new JsonObject(access.with(id));

            assertThat(line.getString("route")).isEqualTo("/v1/jobs/{id}");
            assertThat(line.getString("client")).isEqualTo(HIKER.id());
        }
    }

    @Test
    void writesNoLineOfAProbeThatIsNamedInARoundaboutWay() throws Exception {
        try (LogLines access = LogLines.ofAccess()) {
            answerTo("GET /v1/../q/health/live", "X-Request-Id: roundabout-1");
            answerTo("GET /v1/me", "X-Request-Id: roundabout-2");
            access.with("roundabout-2");

            assertThat(access.all()).noneMatch(line -> line.contains("roundabout-1"));
        }
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, 204", "PUT, 405"})
    void namesTheMethodsOfThePathThatIsMeant(String method, int status) throws Exception {
        assertThat(answerTo(method + " /v1/me/../me", "A: b"))
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("Allow: GET, HEAD, OPTIONS");
    }

    /** The framework makes matrix parameters of it, which no resource has, and decodes twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/jobs/%25zz;x",
                "/v1/jobs/nothing;x=1",
                "/v1/jobs;a=%25/nothing",
                "/;",
                "/v1/jobs;?limit=1"
            })
    void refusesASemicolon(String path) throws Exception {
        double before = refusedHeads();

        String heard = answerTo("GET " + path, "X-Request-Id: semicolon-1");

        assertThat(heard)
                .startsWith("HTTP/1.1 400")
                .contains(PROBLEM + "bad-request", "\"field\":\"uri\"", "semicolon-1");
        assertThat(refusedHeads()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/jobs/a%3Bx=1",
                "/v1/jobs/%25zz",
                "/v1/jobs/%2525",
                "/v1/jobs/%25zz%3bx"
            })
    void takesWhatIsEscapedForAPartOfAName(String path) throws Exception {
        assertThat(answerTo("GET " + path, "A: b"))
                .startsWith("HTTP/1.1 404")
                .contains(PROBLEM + "job-not-found");
    }

    /** Such never reaches a route, nor anything that would name or log the request. */
    @ParameterizedTest
    @ValueSource(
            strings = {"GET nothing", "GET ?a=1", "OPTIONS *", "CONNECT t:80", "GET ftp://t/v1/me"})
    void refusesATargetThatIsNoPath(String line) throws Exception {
        try (LogLines access = LogLines.ofAccess()) {
            String id = "target-" + Math.abs(line.hashCode());
            assertThat(answerTo(line, "X-Request-Id: " + id))
                    .startsWith("HTTP/1.1 400")
                    .contains(PROBLEM + "bad-request", "\"field\":\"uri\"", id);
            assertThat(access.with(id)).contains("bad-request");
        }
    }

    /** The framework would refuse such ahead of everything, with nothing in its answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/jobs/privacy?zones=[{\"lat\":46.8,\"lon\":9.84,\"radiusM\":200}]",
                "GET /v1/jobs?a={b",
                "GET /v1/jobs?a=b|c",
                "GET /v1/jobs?a=b^c",
                "GET /v1/jobs?a=<b>",
                "GET /v1/jobs?a=b\\c",
                "GET /v1/jobs/{id}",
                "GET /v1/jobs/[a]",
                "GET http://[nowhere/v1/me"
            })
    void refusesATargetThatIsNoUri(String line) throws Exception {
        try (LogLines access = LogLines.ofAccess()) {
            String id = "unescaped-" + Math.abs(line.hashCode());
            assertThat(answerTo(line, "X-Request-Id: " + id))
                    .startsWith("HTTP/1.1 400")
                    .contains(PROBLEM + "bad-request", "\"field\":\"uri\"", "escape {", id);
            assertThat(access.with(id)).contains("bad-request");
        }
    }

    @Test
    void takesBracketsInAQueryAndWhatIsEscaped() throws Exception {
        assertThat(answerTo("GET /v1/me?a=[b]&c=%7B%22d%22%7D", "A: b")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "http://t/v1/me, 200",
        "HTTPS://t/v1/me?a=b, 200",
        "http://t, 404",
        "http://t?a, 404"
    })
    void takesAPathAlsoInAnAbsoluteTarget(String target, int status) throws Exception {
        assertThat(answerTo("GET " + target, "X-Request-Id: absolute-1"))
                .startsWith("HTTP/1.1 " + status)
                .contains("absolute-1");
    }

    @Test
    void leavesASemicolonOfAQueryAlone() throws Exception {
        assertThat(answerTo("GET /v1/me?a=b;c", "A: b")).startsWith("HTTP/1.1 200");
    }

    private static double refusedHeads() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("trek_gateway_refused_heads_total{status=\"400\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findAny()
                .orElse(0);
    }

    private String answerTo(String line, String header) throws Exception {
        try (Wire wire = Wire.to(url)) {
            return wire.say(line + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX-API-Key: ")
                    .say(HIKER.reveal() + "\r\n" + header + "\r\n\r\n")
                    .hearToTheEnd();
        }
    }
}
