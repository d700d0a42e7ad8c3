package io.trekpoint.api.entrance;

import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.api.job.PlayedWorker;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a connection when its request is refused, by what was read of the body. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class UnreadBodyTest {
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";
    private static final String MEBIBYTE = "x".repeat(1 << 20);

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;
    @TestHTTPResource String url;

    @AfterEach
    void leaveNothingQueued() {
        worker.drain();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/jobs/nothing, 404",
        "GET, /nothing, 404",
        "GET, /v1/jobs?limit=x, 400",
        "DELETE, /v1/jobs/nothing, 404",
        "PUT, /v1/jobs, 405",
    })
    void staysOpenWhereThereIsNoBody(String method, String path, int status) throws IOException {
        try (Wire wire = Wire.to(url)) {
            for (int i = 0; i < 2; i++) {
                wire.say(method + " " + path + " HTTP/1.1\r\nHost: t\r\n" + key() + "\r\n");
                assertThat(wire.hearAnswer())
                        .startsWith("HTTP/1.1 " + status)
                        .doesNotContainIgnoringCase("connection: close");
            }
        }
    }

    @Test
    void staysOpenWhereTheCallerIsNotKnown() throws IOException {
        try (Wire wire = Wire.to(url)) {
            for (int i = 0; i < 2; i++) {
                wire.say("GET /v1/jobs HTTP/1.1\r\nHost: t\r\nX-API-Key: wrong\r\n\r\n");
                assertThat(wire.hearAnswer())
                        .startsWith("HTTP/1.1 401")
                        .doesNotContainIgnoringCase("connection: close");
            }
        }
    }

    @Test
    void staysOpenWhereTheBodyWasRead() throws IOException {
        String first = submit("stats", "Idempotency-Key: \"unread\"\r\n");
        String other = submit("validate", "Idempotency-Key: \"unread\"\r\n");
        try (Wire wire = Wire.to(url)) {
            assertThat(wire.say(first).hearAnswer()).startsWith("HTTP/1.1 202");
            for (int i = 0; i < 2; i++) {
                assertThat(wire.say(other).hearAnswer())
                        .startsWith("HTTP/1.1 422")
                        .doesNotContainIgnoringCase("connection: close");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "right, text/plain,          Connection: close,      5, 415",
        "right, text/plain,          Connection: keep-alive, 5, 415",
        "wrong, application/gpx+xml, Connection: close,      5, 401",
        "wrong, application/gpx+xml, Connection: keep-alive, 5, 401",
        "right, application/gpx+xml, Connection: close,      51, 413",
    })
    void tellsWhoWritesAllBeforeReading(
            String key, String mediaType, String connection, int mebibytes, int status)
            throws IOException {
        try (Wire wire = Wire.to(url)) {
            wire.say(
                    "POST /v1/jobs/stats HTTP/1.1\r\nHost: t\r\n"
                            + connection
                            + "\r\n"
                            + (key.equals("right") ? key() : "X-API-Key: wrong\r\n")
                            + "Content-Type: "
                            + mediaType
                            + "\r\nContent-Length: "
                            + mebibytes * MEBIBYTE.length()
                            + "\r\n\r\n");
            for (int i = 0; i < mebibytes; i++) {
                wire.say(MEBIBYTE);
            }

            assertThat(wire.hearToTheEnd())
                    .startsWith("HTTP/1.1 " + status)
                    .containsIgnoringCase("connection: close")
                    .contains("\"status\":" + status);
        }
    }

    @Test
    void tellsWhoHasSentMoreThanAnnouncedBounds() throws IOException {
        try (Wire wire = Wire.to(url)) {
            wire.say(
                    "POST /v1/jobs/stats HTTP/1.1\r\nHost: t\r\n"
                            + key()
                            + "Content-Type: application/gpx+xml\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 51; i++) {
                wire.say("100000\r\n" + MEBIBYTE + "\r\n");
            }
            wire.say("0\r\n\r\n");

            assertThat(wire.hearToTheEnd()).startsWith("HTTP/1.1 413").contains("body-too-large");
        }
    }

    private static String submit(String type, String header) {
        return "POST /v1/jobs/"
                + type
                + " HTTP/1.1\r\nHost: t\r\n"
                + key()
                + header
                + "Content-Type: application/gpx+xml\r\nContent-Length: "
                + GPX.length()
                + "\r\n\r\n"
                + GPX;
    }

    private static String key() {
        return "X-API-Key: " + HIKER.reveal() + "\r\n";
    }
}
