package io.trekpoint.api.entrance;

import static io.restassured.RestAssured.given;
import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose pages may call, and what they hear. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
@TestProfile(PagesTest.OfOneOrigin.class)
class PagesTest {
    @Inject KnownClients clients;
    @TestHTTPResource String url;

    /** The pages of one origin may. */
    public static final class OfOneOrigin implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("trek.gateway.browser-origins", "https://app.example");
        }
    }

    @Test
    void letsThePagesOfItsOriginsCall() {
        given().header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST")
                .options("/v1/jobs/stats")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "https://app.example")
                .header("Access-Control-Allow-Methods", "DELETE, GET, HEAD, OPTIONS, POST")
                .header("Access-Control-Allow-Headers", containsString("Idempotency-Key"));
        KnownClients.as(HIKER)
                .header("Origin", "https://app.example")
                .get("/v1/me")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://app.example")
                .header(
                        "Access-Control-Expose-Headers",
                        "Accept-Ranges, Allow, Content-Disposition, Content-Location, Content-Range,"
                                + " ETag, Idempotency-Replayed, Link, Location, Preference-Applied,"
                                + " RateLimit, RateLimit-Policy, Retry-After, Trek-Limits,"
                                + " WWW-Authenticate, X-Request-Id");
    }

    /** A page that cannot read a refusal takes it for a network that is down. */
    @Test
    void letsThePagesOfItsOriginsReadWhyTheirRequestsAreRefused() throws Exception {
        String many = "/v1/jobs?" + "a=b&".repeat(70);
        String endless = "/v1/" + "a".repeat(17_000);
        for (String refused :
                List.of(
                        said("GET " + many, "A: b"),
                        said("GET " + endless, "A: b"),
                        said("GET /v1/jobs", "A: " + "b".repeat(17_000)),
                        said("GET /v1/jobs/%zz", "A: b"))) {
            assertThat(refused)
                    .startsWith("HTTP/1.1 4")
                    .containsIgnoringCase("Access-Control-Allow-Origin: https://app.example")
                    .containsIgnoringCase("Vary: Origin");
        }
        assertThat(said("GET /q/nothing/%zz", "A: b")).doesNotContainIgnoringCase("Access-Control");
    }

    private String said(String line, String header) throws Exception {
        try (Wire wire = Wire.to(url)) {
            return wire.say(line + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n")
                    .say("Origin: https://app.example\r\n" + header + "\r\n\r\n")
                    .hearToTheEnd();
        }
    }

    @Test
    void forbidsThePagesOfOtherOriginsToCall() {
        given().header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .options("/v1/jobs/stats")
                .then()
                .statusCode(403)
                .header("Vary", "Origin")
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Methods", nullValue())
                .header("Access-Control-Allow-Headers", nullValue());
    }
}
