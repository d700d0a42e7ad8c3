package io.trekpoint.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class HistoryTest {
    private static final String ON =
            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'on'}";
    private static final String OFF = ON.replace("'on'}", "'off'}");
    private static final String SETTING = "/v1/settings/gpx.max-seconds";

    private final String key = "test." + UUID.randomUUID();
    private final String path = "/v1/flags/" + key;

    @Test
    void tellsHowAFlagCameToBeWhatItIs() {
        put(ON, "If-None-Match", "*");
        put(OFF, "If-Match", "*");
        post(path + "/kill", "").then().statusCode(200);
        Keys.as("viewer")
                .get(path + "/history")
                .then()
                .statusCode(200)
                .body("complete", equalTo(true))
                .body("changes.action", contains("kill", "put", "put"))
                .body("changes[0].differences.path", contains("killed"))
                .body("changes[1].differences.path", contains("definition.defaultVariant"))
                .body("changes[1].differences[0].before", equalTo("on"))
                .body("changes[2].before", nullValue())
                .body("next", nullValue());
        Response page = Keys.as("viewer").get(path + "/history?limit=2");
        page.then().body("changes", hasSize(2));
        Keys.as("viewer")
                .get(path + "/history?limit=2&cursor=" + page.jsonPath().getLong("next"))
                .then()
                .body("changes.action", contains("put"))
                .body("next", nullValue());
    }

    @Test
    void rollsAFlagBackAsANewRevision() {
        long first = put(ON, "If-None-Match", "*").jsonPath().getLong("revision");
        put(OFF, "If-Match", "*");
        long killed = post(path + "/kill", "").jsonPath().getLong("revision");
        Response back = post(path + "/rollback", ",'revision':" + first);
        back.then()
                .statusCode(200)
                .body("flag.killed", equalTo(false))
                .body("flag.definition.defaultVariant", equalTo("on"));
        assertThat(back.jsonPath().getLong("flag.revision")).isGreaterThan(killed);
        post(path + "/rollback", ",'revision':" + killed)
                .then()
                .body("flag.killed", equalTo(true))
                .body("flag.definition.defaultVariant", equalTo("off"));
        post(path + "/rollback", ",'revision':1")
                .then()
                .statusCode(422)
                .body("field", equalTo("revision"));
        post("/v1/flags/never.stored/rollback", ",'revision':1").then().statusCode(404);
    }

    @Test
    void deletesAFlagSoftlyAndRestoresIt() {
        put(ON, "If-None-Match", "*");
        Keys.as("operator").delete(path + "?reason=a").then().statusCode(428);
        Keys.as("operator").header("If-Match", "*").delete(path).then().statusCode(400);
        delete(path).then().statusCode(200).body("flag", nullValue());
        Keys.as("viewer").get(path).then().statusCode(404);
        Keys.as("viewer").get("/v1/flags").then().body("flags.key", not(hasItem(key)));
        post(path + "/kill", "").then().statusCode(404);
        delete(path).then().statusCode(404);
        Keys.as("viewer")
                .get(path + "/history")
                .then()
                .body("changes.action", contains("delete", "put"));
        post(path + "/restore", "").then().statusCode(200);
        Keys.as("viewer").get(path).then().statusCode(200).body("answer.value", equalTo(true));
    }

    @Test
    void createsADeletedFlagAnew() {
        put(ON, "If-None-Match", "*");
        delete(path).then().statusCode(200);
        put(OFF, "If-Match", "*").then().statusCode(412);
        put(OFF, "If-None-Match", "*").then().statusCode(200);
        Keys.as("viewer")
                .get(path + "/history")
                .then()
                .body("changes.action", contains("put", "delete", "put"));
    }

    @Test
    void takesNoFlagAwayThatServicesAskFor() {
        String used = "/v1/flags/gpx.stats";
        Keys.as("operator").body("{\"reason\":\"a test\"}").post(used + "/kill");
        delete(used)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:trekpoint:problem:in-use"))
                .body("detail", containsString("worker-service"));
        Keys.as("operator")
                .header("If-Match", "*")
                .delete(used + "?reason=a&force=true")
                .then()
                .statusCode(200)
                .body("flag.killed", equalTo(false));
    }

    @Test
    void deletesRestoresAndRollsBackASetting() {
        long first = set(41).jsonPath().getLong("revision");
        set(42);
        Response deleted = delete(SETTING);
        deleted.then().statusCode(200).body("setting.value", nullValue());
        Keys.as("viewer")
                .get(SETTING)
                .then()
                .body("value", nullValue())
                .header("ETag", deleted.header("ETag"));
        post(SETTING + "/restore", "").then().body("setting.value", equalTo(42));
        post(SETTING + "/rollback", ",'revision':" + first)
                .then()
                .body("setting.value", equalTo(41));
        Keys.as("viewer")
                .get(SETTING + "/history?limit=5")
                .then()
                .body("changes.action", contains("rollback", "restore", "delete", "put", "put"));
        delete(SETTING).then().statusCode(200);
    }

    @Test
    void answersTheStateOfAnEarlierRevisionWithoutSecrets() {
        long first = put(ON, "If-None-Match", "*").jsonPath().getLong("revision");
        put(OFF, "If-Match", "*");
        set(43);
        Response then = Keys.as("operator").get("/v1/state?at=" + first);
        then.then()
                .statusCode(200)
                .body("revision", equalTo((int) first))
                .body("source", equalTo("audit"))
                .body("flags.'" + key + "'.definition.defaultVariant", equalTo("on"))
                .body("clients.size()", greaterThanOrEqualTo(5));
        assertThat(then.asString()).doesNotContain("secretHashes");
        Keys.as("operator")
                .get("/v1/state?at=" + (first - 1))
                .then()
                .statusCode(200)
                .body("flags", not(hasKey(key)));
        Keys.as("operator").get("/v1/state?at=1").then().statusCode(200);
        Keys.as("operator").get("/v1/state?at=987654321").then().statusCode(404);
        Keys.as("operator").get("/v1/state?at=x").then().statusCode(400);
        Keys.as("viewer").get("/v1/state?at=1").then().statusCode(403);
    }

    private Response put(String definition, String header, String value) {
        return Keys.as("operator")
                .header(header, value)
                .body(body(",'definition':" + definition))
                .put(path);
    }

    private static Response set(int seconds) {
        return Keys.as("operator")
                .header("If-Match", "*")
                .body(body(",'value':" + seconds))
                .put(SETTING);
    }

    private static Response post(String path, String more) {
        return Keys.as("operator").body(body(more)).post(path);
    }

    private static Response delete(String path) {
        return Keys.as("operator").header("If-Match", "*").delete(path + "?reason=a test");
    }

    private static String body(String more) {
        return ("{'reason':'a test'" + more + "}").replace('\'', '"');
    }
}
