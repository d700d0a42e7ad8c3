package io.trekpoint.api.entrance;

import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static io.trekpoint.api.gateway.KnownClients.OTHER;
import static io.trekpoint.api.gateway.KnownClients.as;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.api.job.PlayedWorker;
import io.trekpoint.lanes.client.ApiKey;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A client that takes its time, with as much of a gateway as it can get. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
@TestProfile(ShareTest.Small.class)
class ShareTest {
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";

    /** More than all buffers between the gateway and a client that does not read. */
    private static final int BYTES = 8 << 20;

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;
    @TestHTTPResource String url;

    /** Room for eight requests. */
    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("trek.gateway.most-at-once", "8");
        }
    }

    @Test
    void hasAQuarterOfThePlacesForItsUploads() throws Exception {
        try (Wire _ = uploading();
                Wire _ = uploading()) {
            await().until(() -> submit(HIKER).statusCode() == 429);
            submit(HIKER)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("type", equalTo("urn:trekpoint:problem:too-many-transfers"));
            as(HIKER).get("/v1/jobs").then().statusCode(200);
            submit(OTHER).then().statusCode(202);
        }
        await().until(() -> submit(HIKER).statusCode() == 202);
    }

    @Test
    void hasAQuarterOfThePlacesForWhatItFetches() throws Exception {
        String result = result();
        try (Wire _ = fetching(result);
                Wire _ = fetching(result)) {
            await().until(() -> as(HIKER).head(result).statusCode() == 429);
            as(HIKER).get("/v1/jobs").then().statusCode(200);
        }
        for (int i = 0; i < 5; i++) {
            await().until(() -> as(HIKER).head(result).statusCode() == 200);
        }
    }

    private Wire uploading() throws IOException {
        return Wire.to(url)
                .say(
                        "POST /v1/jobs/stats HTTP/1.1\r\nHost: t\r\nX-API-Key: "
                                + HIKER.reveal()
                                + "\r\nContent-Type: application/gpx+xml\r\nContent-Length: 100\r\n\r\n<");
    }

    private Wire fetching(String result) throws IOException {
        return Wire.narrowTo(url)
                .say(
                        "GET "
                                + result
                                + " HTTP/1.1\r\nHost: t\r\nX-API-Key: "
                                + HIKER.reveal()
                                + "\r\n\r\n");
    }

    /** Of an output that does not get smaller by compression. */
    private String result() throws IOException {
        worker.drain();
        String id = submit(HIKER).then().statusCode(202).extract().path("id");
        byte[] output = new byte[BYTES];
        new Random(7).nextBytes(output);
        worker.finish(worker.claim(), "application/octet-stream", output);
        return "/v1/jobs/" + id + "/result";
    }

    private static Response submit(ApiKey key) {
        return as(key).contentType("application/gpx+xml").body(GPX).post("/v1/jobs/stats");
    }
}
