package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.SpecificationQuerier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class ProblemTest {
    private static final String KILL = "/v1/flags/gpx.export/kill";

    @TestHTTPResource private URI service;

    @ParameterizedTest
    @CsvSource({"/nowhere", "/v1/nowhere", "/v1/flags/a/b/c", "/q/nowhere"})
    void answersAnUnknownPath(String path) {
        problem(given().get(path).then(), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /v1/state                     | GET, HEAD, OPTIONS",
                "DELETE | /v1/audit                     | GET, HEAD, OPTIONS",
                "PATCH  | /v1/flags/pc                  | DELETE, GET, HEAD, OPTIONS, PUT",
                "POST   | /v1/flags/pc                  | DELETE, GET, HEAD, OPTIONS, PUT",
                "GET    | /v1/flags/pc/kill             | OPTIONS, POST",
                "POST   | /v1/flags/pc/evaluations      | GET, HEAD, OPTIONS",
                "PUT    | /v1/changes                   | GET, HEAD, OPTIONS, POST",
                "GET    | /v1/init                      | OPTIONS, POST",
                "POST   | /v1/blast-radius              | GET, HEAD, OPTIONS",
                "GET    | /ofrep/v1/evaluate/flags/pc   | OPTIONS, POST",
            })
    void namesTheMethodsOfAPath(String method, String path, String methods) {
        problem(Keys.as("admin").request(method, path).then(), 405, "method-not-allowed")
                .header("Allow", methods);
        given().options(path).then().statusCode(204).header("Allow", methods);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/v1/nowhere", "/v1/flags/a/b/c"})
    void hasNoMethodsWhereNothingIs(String path) {
        problem(given().options(path).then(), 404, "not-found").header("Allow", nullValue());
    }

    @Test
    void answersAnotherMediaType() {
        problem(
                Keys.as("operator").contentType("text/plain").body("x").post(KILL).then(),
                415,
                "unsupported-media-type");
    }

    @Test
    void namesLineAndColumnOfWhatIsNotJson() {
        problem(
                        Keys.as("operator").body("{\n  \"reason\": nope }").post(KILL).then(),
                        400,
                        "malformed-json")
                .body("line", equalTo(2))
                .body("column", greaterThan(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'reason':'a test','because':1}|because",
                "{}|reason",
                "{'reason':' '}|reason",
                "{'reason':null}|reason",
                "{'reason':{}}|reason",
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        problem(
                        Keys.as("operator").body(body.replace('\'', '"')).post(KILL).then(),
                        400,
                        "invalid-request")
                .body("field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/flags/gpx.export/kill|{'reason':true}|reason",
                "/v1/flags/gpx.export/kill|{'reason':1.5}|reason",
                "/v1/flags/gpx.export/rollback|{'reason':'a','revision':'1'}|revision",
                "/v1/flags/gpx.export/rollback|{'reason':'a','revision':1.9}|revision",
                "/v1/clients|{'name':5,'tier':'free','roles':[],'reason':'a'}|name",
                "/v1/clients|{'name':'a','tier':'free','roles':[1],'reason':'a'}|roles[0]",
                "/v1/clients|{'name':'a','tier':'free','roles':[],'reason':'a','browser':0}|browser",
                "/v1/changes|{'reason':'a','changes':[{'kind':'flag','key':'k','ifMatch':7}]}"
                        + "|changes[0].ifMatch",
                "/v1/changes|{'reason':'a','changes':[{'kind':'flag','key':'k'}],'at':4000000000}|at",
                "/v1/changes|{'reason':'a','changes':[{'kind':'flag','key':'k'}],'at':'4000000000'}|at",
                "/v1/changes|{'reason':'a','changes':[{'kind':'flag','key':'k'}],'at':'2026-01-31'}|at",
                "/v1/changes|{'reason':'a','changes':[{'kind':'flag','key':'k'}],'at':''}|at",
            })
    void takesNoValueForOneOfAnotherType(String path, String body, String field) {
        problem(
                        Keys.as("admin").body(body.replace('\'', '"')).post(path).then(),
                        400,
                        "invalid-request")
                .body("field", equalTo(field))
                .body("rule", equalTo("is of the wrong type"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{'reason':'a'} {}", "{'reason':'a','reason':'b'}", "[]", "{'reason':"})
    void refusesABodyThatIsNotOneObject(String body) {
        problem(
                Keys.as("operator").body(body.replace('\'', '"')).post(KILL).then(),
                400,
                "malformed-json");
    }

    @Test
    void refusesAMissingBody() {
        Keys.as("operator").post(KILL).then().statusCode(400);
    }

    @Test
    void namesAQueryParameterThatIsWrong() {
        problem(Keys.as("viewer").get("/v1/audit?limit=0").then(), 400, "invalid-request")
                .body("field", equalTo("limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dryRun=true", "dryRun=false", "force=true"})
    void carriesNothingOutThatIsAskedForInAWayItDoesNotKnow(String option) {
        problem(
                        Keys.as("operator")
                                .body("{\"reason\":\"a test\"}")
                                .post(KILL + "?" + option)
                                .then(),
                        400,
                        "invalid-request")
                .body("field", equalTo(option.substring(0, option.indexOf('='))));
        Keys.as("viewer").get(KILL.replace("/kill", "")).then().body("killed", equalTo(false));
    }

    @Test
    void refusesALargeBodyByItsAnnouncedLength() {
        problem(
                Keys.as("operator").body("{\"reason\":\"" + "x".repeat(200_000)).post(KILL).then(),
                413,
                "too-large");
    }

    @Test
    void refusesALargeBodyThatDoesNotAnnounceItsLength() throws Exception {
        byte[] large = ("{\"reason\":\"" + "x".repeat(200_000) + "\"}").getBytes();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(service.resolve(KILL))
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Content-Type", "application/json")
                            .header("X-API-Key", keyOf("operator"))
                            .POST(
                                    HttpRequest.BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(large)))
                            .build();
            // An answer may be lost where the connection is closed while the rest is being sent.
            await().ignoreExceptionsInstanceOf(IOException.class)
                    .until(() ->
                            client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()
                                    == 413);
        }
    }

    @Test
    void takesOverASaneRequestIdAndNoOther() {
        given().header("X-Request-Id", "caller-0001")
                .get("/nowhere")
                .then()
                .header("X-Request-Id", "caller-0001")
                .body("instance", equalTo("caller-0001"));
        String own = given().header("X-Request-Id", "a b").get("/status").header("X-Request-Id");
        assertThat(own).isNotEqualTo("a b").hasSizeGreaterThan(8);
    }

    @Test
    void describesItself() {
        String contract = given().get("/q/openapi?format=json").asString();
        assertThat(contract).contains("/v1/flags/{key}/kill", "\"openapi\"", "3.1");
        Map<String, Object> any = JsonPath.from(contract).getMap("components.schemas.Json");
        assertThat(any).as("parameters, values of settings").doesNotContainKey("type");
        assertThat(contract).contains("\"#/components/schemas/Json\"");
    }

    private static ValidatableResponse problem(
            ValidatableResponse answer, int status, String name) {
        String id = answer.extract().header("X-Request-Id");
        String text = answer.extract().asString();
        assertThat(text).doesNotContain("Exception", "io.trekpoint", "com.fasterxml", "jakarta");
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:trekpoint:problem:" + name))
                .body("status", equalTo(status))
                .body("instance", equalTo(id));
    }

    private static String keyOf(String name) {
        return SpecificationQuerier.query(Keys.as(name)).getHeaders().getValue("X-API-Key");
    }
}
