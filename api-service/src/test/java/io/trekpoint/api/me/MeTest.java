package io.trekpoint.api.me;

import static io.trekpoint.api.gateway.KnownClients.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.api.job.PlayedWorker;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Tier;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client is told of its limits, which are so slow that no time earns anything back. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class MeTest {
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";
    private static final int BURST = 5;
    private static final int HOUR = 8;
    private static final int EXPORTS = 1;

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;
    private ApiKey client = KnownClients.HIKER;

    /**
     * What is left.
     *
     * @param burst of requests at once
     * @param hour of requests in an hour
     * @param exports of the month
     */
    private record Left(int burst, int hour, int exports) {}

    @BeforeEach
    void meet() {
        clients.state()
                .setting(
                        "limits.burst.requests",
                        "{\"default\": 1000, \"tiers\": {\"partner\": %d}}".formatted(BURST))
                .setting("limits.burst.window", ofPartners("\"1h\""))
                .setting("limits.hour.requests", ofPartners(HOUR))
                .setting("gpx.export.monthly-quota", ofPartners(EXPORTS));
        client = clients.newcomer(Tier.PARTNER);
    }

    @AfterEach
    void leaveNothingQueued() {
        worker.drain();
    }

    @Test
    void costsNothingHoweverOftenItIsLookedAt() {
        request();
        Left before = left();

        for (int i = 0; i < 3 * BURST; i++) {
            assertThat(left()).isEqualTo(before);
        }
        assertThat(before).isEqualTo(new Left(BURST - 1, HOUR - 1, EXPORTS));
    }

    @Test
    void showsThatARequestTakesOneOfEachRate() {
        assertThat(left()).isEqualTo(new Left(BURST, HOUR, EXPORTS));

        request();
        assertThat(left()).isEqualTo(new Left(BURST - 1, HOUR - 1, EXPORTS));

        request();
        assertThat(left()).isEqualTo(new Left(BURST - 2, HOUR - 2, EXPORTS));
    }

    @Test
    void showsThatAnExportTakesOneOfTheMonthAsWell() {
        export();

        assertThat(left()).isEqualTo(new Left(BURST - 1, HOUR - 1, EXPORTS - 1));
    }

    @Test
    void answersWhenBurstAndMonthAreSpent() {
        export();
        for (int i = left().burst(); i > 0; i--) {
            request();
        }
        as(client)
                .get("/v1/jobs/nothing")
                .then()
                .statusCode(429)
                .body("violated-policies", hasItem("burst"));

        look().then()
                .statusCode(200)
                .body("countedBy", equalTo("redis"))
                .body("limits[0].name", equalTo("burst"))
                .body("limits[0].remaining", equalTo(0))
                .body("quotas[0].name", equalTo("exports"))
                .body("quotas[0].remaining", equalTo(0));
    }

    private void export() {
        as(client)
                .contentType("application/gpx+xml")
                .body(GPX)
                .post("/v1/jobs/export?to=kml")
                .then()
                .statusCode(202);
    }

    private void request() {
        as(client).get("/v1/jobs/nothing").then().statusCode(404);
    }

    private Left left() {
        JsonPath me = look().then().statusCode(200).extract().jsonPath();
        return new Left(
                me.getInt("limits.find { it.name == 'burst' }.remaining"),
                me.getInt("limits.find { it.name == 'hour' }.remaining"),
                me.getInt("quotas.find { it.name == 'exports' }.remaining"));
    }

    private Response look() {
        return as(client).get("/v1/me");
    }

    private static String ofPartners(Object value) {
        return "{\"tiers\": {\"partner\": %s}}".formatted(value);
    }
}
