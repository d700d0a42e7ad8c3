package io.trekpoint.api.entrance;

import static io.restassured.RestAssured.given;
import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.setting.JobSettings;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway with so little room and patience that a test meets the end of both. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
@TestProfile(TightEdgesTest.Tight.class)
class TightEdgesTest {
    private static final String PROBLEM = "urn:trekpoint:problem:";
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";

    @Inject KnownClients clients;
    @Inject Mirror mirror;
    @TestHTTPResource String url;

    /** Little of everything. */
    public static final class Tight implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "trek.gateway.most-at-once", "1",
                    "trek.gateway.head-patience", "1s",
                    "trek.gateway.body-patience", "1s",
                    "trek.gateway.keep-alive", "400ms",
                    "trek.gateway.stray-requests", "3",
                    "trek.gateway.browser-origins", "https://app.example");
        }
    }

    @Test
    void givesUpABodyThatTricklesIn() throws Exception {
        try (Wire wire = Wire.to(url)) {
            upload(wire, 100_000);
            CompletableFuture<String> answer = heard(wire);
            await().until(() -> {
                try {
                    wire.say("<");
                } catch (IOException e) {
                    return true;
                }
                return answer.isDone();
            });
            assertThat(answer.get()).startsWith("HTTP/1.1 408").contains(PROBLEM + "body-too-slow");
        }
        roomAgain();
    }

    @Test
    void givesUpABodyThatIsNotThereInTimeAtWhateverPaceItComes() throws Exception {
        clients.state().setting("jobs.input-ttl", "\"3s\"");
        await().until(() ->
                mirror.current().state().get(JobSettings.INPUT_TTL).equals(Duration.ofSeconds(3)));
        try (Wire wire = Wire.to(url)) {
            upload(wire, 10_000_000);
            CompletableFuture<String> answer = heard(wire);
            await().until(() -> {
                try {
                    wire.say("<".repeat(4_000));
                } catch (IOException e) {
                    return true;
                }
                return answer.isDone();
            });
            assertThat(answer.get())
                    .startsWith("HTTP/1.1 408")
                    .contains(PROBLEM + "body-too-slow", "within 3 seconds");
        } finally {
            clients.state().setting("jobs.input-ttl", "\"10m\"");
        }
        roomAgain();
    }

    @Test
    void hangsUpOnAHeadThatTricklesIn() throws Exception {
        try (Wire wire = Wire.to(url)) {
            wire.say("GET /v1/jobs HTTP/1.1\r\nHost: t\r\n");
            CompletableFuture<String> answer = heard(wire);
            await().until(() -> {
                try {
                    wire.say("a:b\r\n");
                } catch (IOException e) {
                    return true;
                }
                return answer.isDone();
            });
            assertThat(answer.get())
                    .startsWith("HTTP/1.1 408")
                    .contains(PROBLEM + "head-too-slow")
                    .containsIgnoringCase("X-Request-Id: ");
        }
    }

    @Test
    void letsAStreamGoOnForLongerThanAHeadMayTake() throws Exception {
        String job = submit().then().statusCode(202).extract().path("id");
        try (Wire wire = Wire.to(url)) {
            wire.say(
                    "GET /v1/jobs/"
                            + job
                            + "/events HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX-API-Key: "
                            + HIKER.reveal()
                            + "\r\n\r\n");
            CompletableFuture<String> stream = heard(wire);
            await().during(Duration.ofSeconds(2)).until(() -> !stream.isDone());
            KnownClients.as(HIKER).delete("/v1/jobs/" + job).then().statusCode(202);
            assertThat(stream.get()).startsWith("HTTP/1.1 200").contains("cancelled");
        }
        roomAgain();
    }

    @ParameterizedTest
    @CsvSource({
        "stats, application/gpx+xml, <gpx",
        "profile, application/gpx+xml, <gpx",
        "stats, multipart/form-data; boundary=b, --b",
        "stats, multipart/form-data; boundary=b, '--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n<gpx'",
        "stats, multipart/form-data; boundary=b, '--b\r\nContent-Disposition: form-data; name=\"parameters\"\r\n\r\n{'",
    })
    void saysThatABodyDoesNotComeAnyMore(String call, String type, String begun) throws Exception {
        try (Wire wire = Wire.to(url)) {
            upload(wire, call, type, 5_000, begun);

            assertThat(wire.hearToTheEnd())
                    .startsWith("HTTP/1.1 408")
                    .contains(PROBLEM + "body-too-slow");
        }
        roomAgain();
    }

    @Test
    void refusesAFormAtItsFirstWrongPartAndWaitsForNoMoreOfIt() throws Exception {
        try (Wire wire = Wire.to(url)) {
            upload(
                    wire,
                    "stats",
                    "multipart/form-data; boundary=b",
                    5_000,
                    "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nabc");

            assertThat(wire.hearToTheEnd())
                    .startsWith("HTTP/1.1 400")
                    .contains(PROBLEM + "invalid-parameter", "file and parameters");
        }
        roomAgain();
    }

    @Test
    void refusesWhatItHasNoRoomForAtOnceAndOperatorsNever() throws Exception {
        try (Wire wire = Wire.to(url)) {
            upload(wire, 100);
            await().until(() -> status() == 503);
            KnownClients.as(HIKER)
                    .header("Origin", "https://app.example")
                    .get("/v1/jobs")
                    .then()
                    .statusCode(503)
                    .header("Access-Control-Allow-Origin", "https://app.example")
                    .header("Access-Control-Expose-Headers", containsString("Retry-After"))
                    .header("Retry-After", notNullValue())
                    .header("X-Request-Id", notNullValue())
                    .body("type", equalTo(PROBLEM + "overloaded"));
            try (Wire detour = Wire.to(url)) {
                detour.say("GET /q/../v1/jobs HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
                assertThat(detour.hearToTheEnd()).startsWith("HTTP/1.1 503");
            }
            given().get("/q/health/ready").then().statusCode(200);
            given().get("/status").then().statusCode(200);
        }
        roomAgain();
    }

    @Test
    void doesNotCountWhoWaitsForAJob() throws Exception {
        String job = submit().then().statusCode(202).extract().path("id");
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() ->
                        KnownClients.as(HIKER).header("Prefer", "wait=30").get("/v1/jobs/" + job));
        await().until(() -> given().get("/q/metrics").asString().contains("trek_jobs_waiters 1.0"));
        roomAgain();
        KnownClients.as(HIKER).delete("/v1/jobs/" + job).then().statusCode(202);
        assertThat(waiting.get().statusCode()).isEqualTo(200);
        roomAgain();
    }

    @Test
    void limitsWhatLeadsNowhereByAddressAndServesARightKeyAllTheSame() {
        await().until(() -> given().get("/v1/nothing").statusCode() == 429);
        given().header("X-API-Key", "trek_test_nothing")
                .get("/v1/jobs")
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("type", containsString("quota-exceeded"))
                .body("violated-policies", hasItem("stray"));
        roomAgain();
    }

    @Test
    void saysSoWhereWaitingDoesNotHelp() {
        clients.state().setting("gpx.export.monthly-quota", "0");
        await().until(() -> export().statusCode() == 429);

        export().then()
                .statusCode(429)
                .header("Retry-After", nullValue())
                .body("type", containsString("quota-exceeded"))
                .body("violated-policies", hasItem("exports"))
                .body("detail", containsString("waiting does not help"));
        roomAgain();
    }

    private static void upload(Wire wire, int length) throws IOException {
        upload(wire, "stats", "application/gpx+xml", length, "<");
    }

    private static void upload(Wire wire, String call, String type, int length, String begun)
            throws IOException {
        wire.say(
                "POST /v1/jobs/"
                        + call
                        + " HTTP/1.1\r\nHost: t\r\nX-API-Key: "
                        + HIKER.reveal()
                        + "\r\nContent-Type: "
                        + type
                        + "\r\nContent-Length: "
                        + length
                        + "\r\n\r\n"
                        + begun);
    }

    private static CompletableFuture<String> heard(Wire wire) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return wire.hearToTheEnd();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Response submit() {
        return KnownClients.as(HIKER)
                .contentType("application/gpx+xml")
                .body(GPX)
                .post("/v1/jobs/stats");
    }

    private static Response export() {
        return KnownClients.as(HIKER)
                .contentType("application/gpx+xml")
                .body(GPX)
                .post("/v1/jobs/export?to=kml");
    }

    private static void roomAgain() {
        await().until(() -> status() == 200);
    }

    private static int status() {
        return KnownClients.as(HIKER).get("/v1/jobs").statusCode();
    }
}
