package io.trekpoint.api.entrance;

import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static io.trekpoint.api.gateway.KnownClients.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.api.job.PlayedWorker;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A client that asks for more than a connection holds, and does not read it. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
@TestProfile(UnreadAnswerTest.Impatient.class)
class UnreadAnswerTest {
    private static final int BYTES = 16_000_000;

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;
    @TestHTTPResource String url;

    /** Room for one request, and a second of silence. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("trek.gateway.most-at-once", "1", "quarkus.http.idle-timeout", "1s");
        }
    }

    @Test
    void isHungUpOnAndItsPlaceIsGivenToTheNext() throws IOException {
        byte[] output = new byte[BYTES];
        new Random(7).nextBytes(output);
        String result = worker.done(HIKER, output);
        try (LogLines access = LogLines.ofAccess();
                LogLines failures = LogLines.ofFailures();
                Wire wire = Wire.narrowTo(url)) {
            wire.say(
                    "GET "
                            + result
                            + " HTTP/1.1\r\nHost: t\r\nX-Request-Id: unread-1\r\nX-API-Key: "
                            + HIKER.reveal()
                            + "\r\n\r\n");

            JsonObject line = new JsonObject(access.with("unread-1"));

            assertThat(line.getString("outcome")).isEqualTo("hung-up");
            assertThat(line.getLong("sent")).isLessThan(BYTES);
            as(HIKER).get("/v1/jobs").then().statusCode(200);
            assertThat(failures.all()).as("to hang up is no failure of ours").isEmpty();
        }
    }
}
