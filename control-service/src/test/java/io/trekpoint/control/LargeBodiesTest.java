package io.trekpoint.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class LargeBodiesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String IMPORT = "/v1/state/import?dryRun=true";
    private static final int LARGE = 1024 * 1024;

    @TestHTTPResource("/")
    URI service;

    @Test
    void areTakenOneAtATimeUntilTheCallerHangsUp() throws IOException {
        try (Socket socket = half()) {
            assertThat(socket.isConnected()).isTrue();
            await().atMost(SOON).until(() -> bringIn().statusCode() == 429);
            bringIn()
                    .then()
                    .statusCode(429)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue())
                    .body("type", equalTo("urn:trekpoint:problem:too-many-requests"));
            Keys.as("operator").body("{\"flags\":{}}").post(IMPORT).then().statusCode(200);
        }
        await().atMost(SOON).until(() -> bringIn().statusCode() == 200);
    }

    @Test
    void giveTheirTurnUpHoweverTheyEnd() {
        String large = " ".repeat(LARGE);
        Keys.as("operator").body(large + "{").post(IMPORT).then().statusCode(400);
        Keys.as("operator").body(large + "{}").post(IMPORT).then().statusCode(422);
        Keys.as("viewer").body(large + "{}").post(IMPORT).then().statusCode(403);
        bringIn().then().statusCode(200);
    }

    /** The beginning of an import, of which no more comes. */
    private Socket half() throws IOException {
        Socket socket = new Socket(service.getHost(), service.getPort());
        String request =
                """
                POST %s HTTP/1.1\r
                Host: test\r
                X-API-Key: %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                {"flags":{}\
                """
                        .formatted(IMPORT, Keys.keyOf("operator"), LARGE);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }

    private static Response bringIn() {
        return Keys.as("operator").body("{\"flags\":{}" + " ".repeat(LARGE) + "}").post(IMPORT);
    }
}
