package io.trekpoint.control;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
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
    void listsTheFlagsThatWouldChangeTheirAnswer() {
        define("blast.off", "on", "DISABLED");
        define("blast.off-already", "off", "DISABLED");
        define("blast.on", "off", "ENABLED");
        define("blast.stays", "on", "LAST_KNOWN");
        define("blast.killed", "off", "ENABLED");
        Keys.as("operator")
                .body("{\"reason\":\"a test\"}")
                .post("/v1/flags/blast.killed/kill")
                .then()
                .statusCode(200);
        String off = "flags.find { it.key == 'blast.off' }.";

        Keys.as("viewer")
                .get("/v1/blast-radius?without=control")
                .then()
                .statusCode(200)
                .body(
                        "flags.key.findAll { it.startsWith('blast.') }",
                        contains("blast.off", "blast.on"))
                .body(off + "onUnavailable", equalTo("DISABLED"))
                .body(off + "valueNow", equalTo(true))
                .body(off + "valueThen", equalTo(false));
        Keys.as("viewer").get("/v1/blast-radius?without=jobs").then().body("flags", empty());
    }

    private static void define(String key, String defaultVariant, String onUnavailable) {
        Keys.as("operator")
                .header("If-None-Match", "*")
                .body(
                        """
                        {"reason":"a test","definition":{"state":"ENABLED",
                        "variants":{"on":true,"off":false},"defaultVariant":"%s",
                        "metadata":{"trek.onUnavailable":"%s"}}}\
                        """
                                .formatted(defaultVariant, onUnavailable))
                .put("/v1/flags/" + key)
                .then()
                .statusCode(200);
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
