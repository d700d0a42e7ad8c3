package io.trekpoint.control;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class OverviewTest {
    private static final String FLAGS = "concerns.find { it.concern == 'flags' }.";

    @Test
    void tellsOfItselfAndOfEveryConcern() {
        await().untilAsserted(() ->
                Keys.as("viewer")
                        .get("/v1/status")
                        .then()
                        .statusCode(200)
                        .body("instancesConfirmed", equalTo(true))
                        .body("instances.service", hasItem("control-service"))
                        .body("instances[0].url", containsString("http://"))
                        .body("instances[0].behind", equalTo(0))
                        .body("concerns", hasSize(6))
                        .body(FLAGS + "mode", equalTo("normal"))
                        .body(FLAGS + "since", notNullValue())
                        .body(FLAGS + "usersView", containsString("as operators set them")));
    }

    @Test
    void saysWhereNobodySeesToAConcern() {
        Keys.as("viewer")
                .get("/v1/status")
                .then()
                .body("concerns.find { it.concern == 'jobs' }.mode", nullValue())
                .body(
                        "concerns.find { it.concern == 'jobs' }.usersView",
                        containsString("no running service"));
    }

    @Test
    void tellsWhatALaneTakesWithIt() {
        Keys.as("viewer")
                .get("/v1/blast-radius?without=control")
                .then()
                .statusCode(200)
                .body("changes.concern", hasItems("flags", "settings", "clients"))
                .body("changes.concern", not(hasItem("jobs")))
                .body("unchanged", hasItems("jobs", "results", "limits"))
                .body("changes.find { it.concern == 'flags' }.modeThen", equalTo("stale"))
                .body("changes.find { it.concern == 'flags' }.services", hasItem("control-service"))
                .body(
                        "changes.find { it.concern == 'flags' }.usersViewThen",
                        containsString("last known"));
        Keys.as("viewer")
                .get("/v1/blast-radius?without=jobs")
                .then()
                .body("changes.find { it.concern == 'jobs' }.modeThen", equalTo("refusing"));
    }

    @Test
    void knowsNoOtherLanes() {
        for (String query : new String[] {"", "?without=", "?without=postgres"}) {
            Keys.as("viewer")
                    .get("/v1/blast-radius" + query)
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("without"));
        }
    }
}
