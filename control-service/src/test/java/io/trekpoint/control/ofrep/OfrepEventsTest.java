package io.trekpoint.control.ofrep;

import static io.restassured.RestAssured.given;
import static io.trekpoint.control.ofrep.DefinedFlags.define;
import static io.trekpoint.control.ofrep.DefinedFlags.flag;
import static io.trekpoint.control.ofrep.DefinedFlags.redefine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.control.ControlRedis;
import io.trekpoint.control.Keys;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.sse.EventStream;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class OfrepEventsTest {
    private static final String EVENTS = "/ofrep/v1/events";
    private static final String PUBLIC = flag("true", "false", "'trek.public':true");

    @TestHTTPResource String url;
    @Inject Mirror mirror;
    @Inject OfrepConfig config;

    @Test
    void tellsABrowserOfAChangeThroughTheTicketItWasGiven() throws Exception {
        String key = define(PUBLIC);
        String uri =
                Keys.as("browser")
                        .post("/ofrep/v1/evaluate/flags")
                        .jsonPath()
                        .getString("eventStreams[0].endpoint.requestUri");
        try (EventStream stream = open(uri, "Origin", ControlRedis.BROWSER_ORIGIN)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Access-Control-Allow-Origin"))
                    .isEqualTo(ControlRedis.BROWSER_ORIGIN);
            stream.awaitLine(line -> line.startsWith("id:"));

            long revision = redefined(key);

            stream.awaitLine(line -> line.matches("id: ?" + revision));
            String data = stream.awaitLine(line -> line.contains("-" + revision + "\""));
            JsonNode event = new ObjectMapper().readTree(data.replaceFirst("^data: ?", ""));
            assertThat(event.path("type").asText()).isEqualTo("refetchEvaluation");
            assertThat(event.path("lastModified").asLong()).isGreaterThan(1_600_000_000);
            assertThat(stream.lines()).anyMatch(line -> line.matches("event: ?message"));
        }
    }

    @Test
    void staysQuietForWhoKnowsTheLatestChangeAndShowsThatItLives() {
        long revision = redefined(define(PUBLIC));
        try (EventStream stream =
                open(EVENTS, "X-API-Key", reader(), "Last-Event-ID", String.valueOf(revision))) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            stream.lines().stream().filter(it -> it.startsWith(":")).count() > 2);
            assertThat(stream.lines()).noneMatch(line -> line.startsWith("data"));
        }
    }

    @Test
    void tellsWhoHasMissedAChangeAtOnce() {
        long revision = redefined(define(PUBLIC));
        for (String known : List.of("1", "no number")) {
            try (EventStream stream = open(EVENTS, "X-API-Key", reader(), "Last-Event-ID", known)) {
                stream.awaitLine(line -> line.matches("id: ?" + revision));
            }
        }
    }

    @Test
    void tellsWhoComesToANewReplicaOfADeletion() {
        String key = define(PUBLIC);
        long revision =
                Keys.as("operator")
                        .header("If-Match", "*")
                        .delete("/v1/flags/" + key + "?force=true&reason=a+test")
                        .jsonPath()
                        .getLong("revision");
        FlagNotices replica = new FlagNotices(mirror, InstantSource.system(), config);
        try {
            assertThat(
                            replica.listen(revision - 1)
                                    .orElseThrow()
                                    .toUni()
                                    .await()
                                    .atMost(Duration.ofSeconds(10)))
                    .isInstanceOfSatisfying(
                            FlagNotices.Notice.Changed.class,
                            change -> assertThat(change.revision()).isEqualTo(revision));
        } finally {
            replica.stop();
        }
    }

    @Test
    void tellsNothingOfChangesThatAreNoFlags() {
        long revision = redefined(define(PUBLIC));
        try (EventStream stream =
                open(EVENTS, "X-API-Key", reader(), "Last-Event-ID", String.valueOf(revision))) {
            Keys.as("operator")
                    .header("If-Match", "*")
                    .body("{\"value\":{\"default\":77},\"reason\":\"a test\"}")
                    .put("/v1/settings/gpx.export.monthly-quota")
                    .then()
                    .statusCode(200);
            long later = redefined(define(PUBLIC));
            stream.awaitLine(line -> line.matches("id: ?" + later));
            assertThat(stream.lines()).noneMatch(line -> line.matches("id: ?" + (revision + 1)));
        }
    }

    @Test
    void refusesATicketThatIsNobodys() {
        given().get(EVENTS + "?ticket=abc.def").then().statusCode(401);
        given().get(EVENTS + "?ticket=").then().statusCode(401);
        String uri =
                Keys.as("reader")
                        .post("/ofrep/v1/evaluate/flags")
                        .jsonPath()
                        .getString("eventStreams[0].endpoint.requestUri");
        String ticket = uri.substring(uri.indexOf('?'));
        given().post("/ofrep/v1/evaluate/flags" + ticket).then().statusCode(401);
        given().get("/v1/state" + ticket).then().statusCode(401);
    }

    @Test
    void refusesMoreStreamsThanItMayHaveOpenAndTakesOneAgainLater() {
        List<EventStream> streams = new ArrayList<>();
        try {
            awaitOpen(streams, ControlRedis.MOST_STREAMS);
            try (EventStream refused = open(EVENTS, "X-API-Key", reader())) {
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.header("Retry-After")).isEqualTo("1");
            }
            streams.removeLast().close();
            awaitOpen(streams, ControlRedis.MOST_STREAMS);
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void letsPagesOfKnownOriginsCall() {
        given().header("Origin", ControlRedis.BROWSER_ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,if-none-match,x-api-key")
                .options("/ofrep/v1/evaluate/flags")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", ControlRedis.BROWSER_ORIGIN)
                .header("Access-Control-Allow-Methods", "GET, POST");
        String exposed =
                Keys.as("browser")
                        .header("Origin", ControlRedis.BROWSER_ORIGIN)
                        .post("/ofrep/v1/evaluate/flags")
                        .header("Access-Control-Expose-Headers");
        assertThat(exposed).contains("ETag");
    }

    @Test
    void letsPagesOfOtherOriginsNotCall() {
        var preflight =
                given().header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", "POST")
                        .options("/ofrep/v1/evaluate/flags");
        assertThat(preflight.statusCode()).isEqualTo(403);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
        var operators =
                Keys.as("viewer").header("Origin", ControlRedis.BROWSER_ORIGIN).get("/v1/flags");
        assertThat(operators.header("Access-Control-Allow-Origin")).isNull();
    }

    /** Streams that were closed before count until the service has noticed. */
    private void awaitOpen(List<EventStream> streams, int number) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    EventStream stream = open(EVENTS, "X-API-Key", reader());
                    if (stream.status() == 200) {
                        streams.add(stream);
                    } else {
                        stream.close();
                    }
                    return streams.size() == number;
                });
    }

    private static long redefined(String key) {
        redefine(key, PUBLIC);
        return Keys.as("viewer").get("/v1/flags/" + key).jsonPath().getLong("revision");
    }

    private static String reader() {
        return Keys.keyOf("reader");
    }

    private EventStream open(String path, String... headers) {
        return EventStream.open(url.replaceFirst("/$", "") + path, headers);
    }
}
