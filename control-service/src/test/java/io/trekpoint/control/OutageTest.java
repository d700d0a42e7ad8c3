package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class OutageTest {
    private static final String KILL = "/v1/flags/gpx.export/kill";
    private static final String REASON = "{\"reason\":\"a test\"}";

    @AfterEach
    void repair() {
        ControlRedis.server().thaw();
        ControlRedis.server().restart();
        await().atMost(Duration.ofSeconds(10)).until(OutageTest::recovered);
    }

    @Test
    void servesReadsAndRefusesWritesWhileRedisIsDead() {
        Keys.as("operator").body(REASON).post(KILL).then().statusCode(200);
        ControlRedis.server().kill();
        refusesWrites();
        Keys.as("viewer")
                .get("/v1/flags/gpx.export")
                .then()
                .statusCode(200)
                .body("killed", equalTo(true));
        Keys.as("reader").get("/v1/state").then().statusCode(200);
        Keys.as("viewer").get("/v1/audit").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
        await().atMost(Duration.ofSeconds(8)).until(() -> flagsMode().equals("stale"));

        ControlRedis.server().restart();
        await().atMost(Duration.ofSeconds(8)).until(OutageTest::recovered);
        Keys.as("operator")
                .body(REASON)
                .post("/v1/flags/gpx.export/restore")
                .then()
                .statusCode(200)
                .body("flag.killed", equalTo(false));
    }

    @Test
    void evaluatesFlagsAsLastKnownWhileRedisIsDead() {
        Keys.as("operator").body(REASON).post(KILL).then().statusCode(200);
        ControlRedis.server().kill();
        await().atMost(Duration.ofSeconds(8)).until(() -> flagsMode().equals("stale"));
        evaluate("gpx.export")
                .statusCode(200)
                .body("value", equalTo(false))
                .body("reason", equalTo("STALE"))
                .body("metadata.'trek.source'", equalTo("redis"))
                .body("metadata.'trek.ageSeconds'", greaterThan(1));
        evaluate("nothing.here").statusCode(404);
        Keys.as("reader").post("/ofrep/v1/evaluate/flags").then().statusCode(200);

        ControlRedis.server().restart();
        await().atMost(Duration.ofSeconds(8)).until(OutageTest::recovered);
        evaluate("gpx.export").body("reason", equalTo("DISABLED"));
        Keys.as("operator").body(REASON).post("/v1/flags/gpx.export/restore");
    }

    @Test
    void refusesWritesInTimeWhileRedisHangs() {
        Keys.as("viewer").get("/v1/flags").then().statusCode(200);
        ControlRedis.server().freeze();
        long began = System.nanoTime();
        refusesWrites();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isLessThan(ControlRedis.DEADLINE.plusSeconds(1));
        Keys.as("viewer").get("/v1/flags").then().statusCode(200);
    }

    @Test
    void servesReadsAndRefusesWritesWhileRedisIsFull() {
        Keys.as("operator").body(REASON).post(KILL).then().statusCode(200);
        ControlRedis.server().command("CONFIG SET maxmemory 1");
        Keys.as("operator")
                .body(REASON)
                .post("/v1/flags/gpx.export/restore")
                .then()
                .statusCode(503)
                .body("type", equalTo("urn:trekpoint:problem:control-unavailable"));
        Keys.as("viewer").get("/v1/audit?limit=1").then().statusCode(200);
        assertThat(flagsMode()).isEqualTo("normal");
        ControlRedis.server().command("CONFIG SET maxmemory 0");
        Keys.as("operator")
                .body(REASON)
                .post("/v1/flags/gpx.export/restore")
                .then()
                .statusCode(200);
    }

    private static void refusesWrites() {
        Keys.as("operator")
                .body(REASON)
                .post(KILL)
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("type", equalTo("urn:trekpoint:problem:control-unavailable"));
    }

    private static ValidatableResponse evaluate(String key) {
        return Keys.as("reader").post("/ofrep/v1/evaluate/flags/" + key).then();
    }

    /**
     * Flags are current again by their mirror; writes are taken once the breaker has closed, too.
     */
    private static boolean recovered() {
        JsonPath status = given().get("/status").jsonPath();
        return flagsMode().equals("normal")
                && "closed".equals(status.getString("lanes.find { it.lane == 'control' }.breaker"));
    }

    private static String flagsMode() {
        return given().get("/status").jsonPath().getString("concerns[0].mode");
    }
}
