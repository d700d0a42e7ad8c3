package io.trekpoint.api.auth;

import static io.restassured.RestAssured.given;
import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.api.job.PlayedWorker;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Tier;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is let in, and what those hear who are not. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class CallersTest {

    @Inject KnownClients clients;

    @Test
    void tellsUnknownWrongAndRevokedKeysApartForNobody() {
        SecureRandom random = new SecureRandom();
        ApiKey unknown = ApiKey.generate("test", random);
        ApiKey wrong = ApiKey.generate("test", HIKER.id(), random);
        ApiKey revoked = ApiKey.generate("test", random);
        clients.state()
                .client(
                        Client.of(revoked.id(), "gone", Tier.FREE, Set.of(), revoked.secretHash())
                                .revoke());
        // Known after the one before it.
        clients.newcomer();

        String first = detail(refused(unknown.reveal()));
        assertThat(detail(refused(wrong.reveal()))).isEqualTo(first);
        assertThat(detail(refused(revoked.reveal()))).isEqualTo(first);
    }

    @Test
    void refusesAKeyOfAnotherEnvironment() {
        ApiKey elsewhere = ApiKey.generate("prod", HIKER.id(), new SecureRandom());
        refused(elsewhere.reveal()).body("detail", containsString("environment"));
    }

    @Test
    void refusesKeysThatAreNone() {
        refused("");
        refused("trek_test");
        refused("trek_test_" + HIKER.id() + "_" + "a".repeat(5_000));
        refused(HIKER.reveal() + "x");
    }

    @Test
    void servesNobodyInParticularOnlyWhereTheFlagIsOn() {
        given().get("/v1/jobs/nothing").then().statusCode(401);
        clients.state().flag("gateway.anonymous", on("on"), false);
        try {
            await().until(() -> given().get("/v1/jobs/nothing").statusCode() == 404);
            String job = PlayedWorker.submit(given());
            given().get("/v1/jobs/" + job).then().statusCode(200);
            KnownClients.as(HIKER).get("/v1/jobs/" + job).then().statusCode(404);
            given().delete("/v1/jobs/" + job).then().statusCode(202);
            given().get("/v1/jobs")
                    .then()
                    .statusCode(403)
                    .body("type", equalTo("urn:trekpoint:problem:forbidden"));
            refused("trek_test_wrong");
        } finally {
            clients.state().flag("gateway.anonymous", on("off"), false);
            await().until(() -> given().get("/v1/jobs/nothing").statusCode() == 401);
        }
    }

    private static String on(String variant) {
        return "{\"state\": \"ENABLED\", \"variants\": {\"on\": true, \"off\": false}, \"defaultVariant\": \"%s\"}"
                .formatted(variant);
    }

    private static String detail(ValidatableResponse refusal) {
        return refusal.extract().path("detail");
    }

    private static ValidatableResponse refused(String key) {
        return given().header("X-API-Key", key)
                .get("/v1/jobs")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:trekpoint:problem:unauthenticated"));
    }
}
