package io.trekpoint.api.entrance;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies whose chunks cannot be read. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class BrokenBodyTest {
    private static final String INCOMPLETE = "urn:trekpoint:problem:body-incomplete";

    @Inject KnownClients clients;
    @TestHTTPResource String url;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "-1\r\nabc\r\n",
                "5\r\n<gpx/\r\nzz\r\n",
                "3\r\n<gpx/>\r\n0\r\n\r\n",
                "6\r\n<gpx/>\r\n0\r\nno header\r\n\r\n"
            })
    void areAnsweredWithAProblem(String chunks) throws Exception {
        String id = "chunks-" + Math.abs(chunks.hashCode());
        try (LogLines access = LogLines.ofAccess();
                Wire wire = Wire.to(url)) {
            String heard = wire.say(head(id) + chunks).hearToTheEnd();

            assertThat(heard).startsWith("HTTP/1.1 400").contains(INCOMPLETE, id);
            JsonObject line = new JsonObject(access.with(id));
            assertThat(line.getString("problem")).isEqualTo(INCOMPLETE);
            assertThat(line.getString("client")).isEqualTo(HIKER.id());
        }
    }

    @Test
    void areAnsweredAlsoWhereTheyBreakInTheMiddle() throws Exception {
        try (LogLines access = LogLines.ofAccess();
                Wire wire = Wire.to(url)) {
            wire.say(head("middle-1") + "5\r\n<gpx/\r\n");
            wire.say("GET /status HTTP/1.1\r\nHost: t\r\n\r\n");

            assertThat(wire.hearToTheEnd())
                    .startsWith("HTTP/1.1 400")
                    .contains(INCOMPLETE, "middle-1")
                    .doesNotContain("HTTP/1.1 200");
            access.with("middle-1");
        }
    }

    @Test
    void areAnsweredInTheirTurn() throws Exception {
        try (Wire wire = Wire.to(url)) {
            String heard =
                    wire.say(
                                    "GET /v1/me HTTP/1.1\r\nHost: t\r\nX-API-Key: "
                                            + HIKER.reveal()
                                            + "\r\n\r\n")
                            .say(head("turn-1") + "zz\r\n")
                            .hearToTheEnd();

            assertThat(heard).startsWith("HTTP/1.1 200").contains("HTTP/1.1 400", INCOMPLETE);
        }
    }

    @Test
    void doNotKeepAConnectionWhereNobodyReadsThem() throws Exception {
        try (Wire wire = Wire.to(url)) {
            assertThat(
                            wire.say("GET /status HTTP/1.1\r\nHost: t\r\n")
                                    .say("Transfer-Encoding: chunked\r\n\r\nzz\r\n")
                                    .hearToTheEnd())
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static String head(String id) {
        return "POST /v1/jobs/stats HTTP/1.1\r\nHost: t\r\nX-Request-Id: "
                + id
                + "\r\nX-API-Key: "
                + HIKER.reveal()
                + "\r\nContent-Type: application/gpx+xml\r\nTransfer-Encoding: chunked\r\n\r\n";
    }
}
