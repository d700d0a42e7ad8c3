package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.trekpoint.lanes.mirror.ControlKeys;
import io.trekpoint.lanes.mirror.Kind;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Harm to the data set, so in a service and a Redis of their own. */
@QuarkusTest
@QuarkusTestResource(value = ControlRedis.class, restrictToAnnotatedClass = true)
@TestProfile(RestoreTest.OwnService.class)
class RestoreTest {
    private static final String KILLED = "/v1/flags/gpx.export";
    private static final String REASON = "{\"reason\":\"a test\"}";

    private static String admin;

    /** Keeps this class apart from the tests that share one data set. */
    public static final class OwnService implements QuarkusTestProfile {}

    @BeforeEach
    void killAFlag() {
        if (admin == null) {
            Response init =
                    Keys.init(
                            "Bearer " + ControlRedis.INIT_TOKEN,
                            "{\"clients\":[{\"name\":\"a\",\"tier\":\"free\",\"roles\":[\"admin\"]}]}");
            admin = init.then().statusCode(201).extract().path("clients[0].key");
        }
        as().body(REASON).post(KILLED + "/kill").then().statusCode(200);
    }

    @Test
    void restoresNothingWhileAllIsWell() {
        restore("")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:trekpoint:problem:not-diverged"));
    }

    @Test
    void putsTheStateBackAfterFlushall() {
        long before = revision();
        ControlRedis.server().command("FLUSHALL");
        awaitAlarm();
        as().get(KILLED).then().body("killed", equalTo(true));
        restore("").then().statusCode(200).body("revision", equalTo((int) before + 1));
        awaitPeace();
        as().get(KILLED).then().body("killed", equalTo(true));
        as().body(REASON).post(KILLED + "/restore").then().statusCode(200);
        as().get("/v1/audit?limit=3")
                .then()
                .body("records.entry.action", contains("restore", "restore-state", "kill"));
        as().get(KILLED + "/history?limit=2")
                .then()
                .body("changes.action", contains("restore", "kill"));
        as().get("/v1/state?at=" + before).then().statusCode(200);
        awaitVerified();
    }

    @Test
    void putsTheStateBackOverARollbackAboveWhatOthersKnew() {
        long before = revision();
        ControlRedis.server().command("HSET " + ControlKeys.META + " revision 1");
        awaitAlarm();
        restore(",\"above\":" + (before + 3))
                .then()
                .statusCode(200)
                .body("revision", equalTo((int) before + 5));
        awaitPeace();
        as().get("/v1/state?at=" + before).then().statusCode(200);
        as().get("/v1/state?at=" + (before + 2)).then().statusCode(404);
        awaitVerified();
    }

    @Test
    void goesAboveNoRevisionThatScriptsCannotCountOnFrom() {
        restore(",\"above\":9007199254740993")
                .then()
                .statusCode(400)
                .body("field", containsString("above"));
    }

    @Test
    void putsTheStateBackOverKeysOfTheWrongType() {
        ControlRedis.server().command("DEL " + ControlKeys.entries(Kind.FLAG));
        ControlRedis.server().command("SET " + ControlKeys.entries(Kind.FLAG) + " x");
        awaitAlarm();
        restore("").then().statusCode(200);
        awaitPeace();
        as().get(KILLED).then().body("killed", equalTo(true));
    }

    @Test
    void overwritesAnotherDataSetOnlyWhereItIsNamed() {
        ControlRedis.server().command("HSET " + ControlKeys.META + " epoch other");
        awaitAlarm();
        restore("")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:trekpoint:problem:already-initialised"));
        restore(",\"replacing\":\"other\"").then().statusCode(200);
        awaitPeace();
    }

    @Test
    void findsWhereTheAuditWasTamperedWith() {
        as().body(REASON).post(KILLED + "/restore").then().statusCode(200);
        as().body(REASON).post(KILLED + "/kill").then().statusCode(200);
        long before = revision();
        awaitVerified();
        ControlRedis.server().command("XDEL " + ControlKeys.AUDIT + " " + before + "-0");
        as().body(REASON).post(KILLED + "/restore").then().statusCode(200);
        as().get("/v1/audit/verify")
                .then()
                .statusCode(200)
                .body("verified", equalTo(false))
                .body("brokenAt", equalTo((int) before + 1))
                .body("where", equalTo("stream"))
                .body("why", containsString("previous"));
        ControlRedis.server().command("FLUSHALL");
        awaitAlarm();
        restore("").then().statusCode(200);
        awaitPeace();
        awaitVerified();
    }

    @Test
    void bringsThousandsOfFlagsInAsOneRevision() {
        long before = revision();
        String flags =
                IntStream.range(0, 3_000)
                        .mapToObj(i ->
                                "\"many.%d\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true}}"
                                        .formatted(i))
                        .collect(Collectors.joining(",", "{\"flags\":{", "}}"));
        as().body(flags)
                .post("/v1/state/import?reason=many")
                .then()
                .statusCode(200)
                .body("diff", hasSize(3_000))
                .body("revision", equalTo((int) before + 1));
        as().get("/v1/flags/many.2999").then().statusCode(200);
        as().get("/v1/flags/many.7/history")
                .then()
                .body("changes.action", contains("import"))
                .body("next", nullValue());
        awaitVerified();
        ControlRedis.server().command("FLUSHALL");
        awaitAlarm();
        restore("").then().statusCode(200);
        awaitPeace();
        as().get("/v1/flags/many.2999").then().statusCode(200);
    }

    private static Response restore(String more) {
        return as().body("{\"reason\":\"a test\"" + more + "}").post("/v1/state/restore");
    }

    private static RequestSpecification as() {
        return given().contentType(ContentType.JSON).header("X-API-Key", admin);
    }

    private static long revision() {
        return given().get("/status").jsonPath().getLong("controlState.revision");
    }

    private static void awaitAlarm() {
        await().atMost(Duration.ofSeconds(10)).until(() -> trouble() != null);
    }

    private static void awaitPeace() {
        await().atMost(Duration.ofSeconds(10)).until(() -> trouble() == null);
        assertThat(trouble()).isNull();
    }

    /** The archive follows a moment later. */
    private static void awaitVerified() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> as().get("/v1/audit/verify").jsonPath().getBoolean("verified"));
    }

    private static String trouble() {
        return given().get("/status").jsonPath().getString("controlState.alarm");
    }
}
