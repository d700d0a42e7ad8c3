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

/** An output that is taken more slowly than a body may come, on a connection that is not silent. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
@TestProfile(SlowReaderTest.Impatient.class)
class SlowReaderTest {
    private static final int BYTES = 16_000_000;

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;
    @TestHTTPResource String url;

    /** Three seconds for the output of the test, and far more for silence. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "trek.gateway.body-patience",
                    "1s",
                    "trek.gateway.slowest-body",
                    String.valueOf(BYTES / 2));
        }
    }

    @Test
    void isHungUpOnOnceItsTimeIsOver() throws IOException {
        byte[] output = new byte[BYTES];
        new Random(7).nextBytes(output);
        String result = worker.done(HIKER, output);
        try (LogLines access = LogLines.ofAccess();
                Wire wire = Wire.narrowTo(url)) {
            wire.say(
                    "GET "
                            + result
                            + " HTTP/1.1\r\nHost: t\r\nX-Request-Id: slow-1\r\nX-API-Key: "
                            + HIKER.reveal()
                            + "\r\n\r\n");

            JsonObject line = new JsonObject(access.with("slow-1"));

            assertThat(line.getString("outcome")).isEqualTo("hung-up");
            assertThat(line.getLong("sent")).isLessThan(BYTES);
        }
        as(HIKER).get(result).then().statusCode(200);
    }
}
