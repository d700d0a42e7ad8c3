package io.trekpoint.api.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.trekpoint.lanes.mirror.ControlData;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that believes the proxy in front of it where a request comes from, and how. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
@TestProfile(BehindAProxyTest.Proxied.class)
class BehindAProxyTest {
    private static final int BURST = 3;
    private static final int NO_SUCH_JOB = 404;

    @Inject KnownClients clients;

    /** The proxy is the test. */
    public static final class Proxied implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        }
    }

    @BeforeEach
    void letAnybodyIn() {
        clients.state()
                .setting("limits.burst.requests", String.valueOf(BURST))
                .setting("limits.burst.window", "\"1h\"")
                .flag("gateway.anonymous", ControlData.ON, false);
        await().until(() ->
                from("203.0.113.99").get("/v1/me").path("limits[0].requests").equals(BURST));
    }

    @Test
    void givesEachAddressABurstOfItsOwn() {
        spend("203.0.113.1");

        from("203.0.113.1")
                .get("/v1/jobs/nothing")
                .then()
                .statusCode(429)
                .body("violated-policies", hasItem("burst"));
        spend("203.0.113.2");
    }

    @Test
    void givesTheHostsOfANetworkOneBurst() {
        spend("2001:db8:0:1::1");

        assertThat(status("2001:db8:0:1::2")).isEqualTo(429);
        spend("2001:db8:0:2::1");
    }

    @Test
    void asksBrowsersToStayWithTlsOnlyWhereTheyCameOverIt() {
        from("203.0.113.3")
                .header("X-Forwarded-Proto", "https")
                .get("/v1/me")
                .then()
                .header("Strict-Transport-Security", "max-age=31536000");
        from("203.0.113.3")
                .header("X-Forwarded-Proto", "http")
                .get("/v1/me")
                .then()
                .header("Strict-Transport-Security", nullValue());
    }

    private static void spend(String address) {
        for (int i = 0; i < BURST; i++) {
            assertThat(status(address)).isEqualTo(NO_SUCH_JOB);
        }
    }

    private static int status(String address) {
        return from(address).get("/v1/jobs/nothing").statusCode();
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }
}
