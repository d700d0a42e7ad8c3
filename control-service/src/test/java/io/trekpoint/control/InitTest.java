package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.trekpoint.lanes.mirror.ControlKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The life of a data set from its absence on, so these run in order and in a service of their own.
 */
@QuarkusTest
@QuarkusTestResource(value = ControlRedis.class, restrictToAnnotatedClass = true)
@TestProfile(InitTest.OwnService.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InitTest {
    private static final String TOKEN = "Bearer " + ControlRedis.INIT_TOKEN;
    private static final String CLIENTS =
            """
            {"clients":[{"name":"a","tier":"free","roles":[]},
                        {"name":"b","tier":"partner","roles":["viewer","operator"]}]}\
            """;

    private static String operatorKey;

    @ConfigProperty(name = "trek.mirror.snapshot-dir")
    Path snapshots;

    /** Keeps this class apart from the tests that share one data set. */
    public static final class OwnService implements QuarkusTestProfile {}

    @Test
    @Order(1)
    void isAliveAndReadyWithDefaultsBeforeThereIsAState() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/status")
                .then()
                .statusCode(200)
                .body("service", equalTo("control-service"))
                .body("controlState.source", equalTo("default"))
                .body("controlState.revision", equalTo(0))
                .body("concerns.mode", equalTo(List.of("default", "default", "refusing")));
    }

    @ParameterizedTest
    @CsvSource({"Bearer wrong", "the-init-token", "Basic the-init-token"})
    @Order(1)
    void refusesAnotherToken(String authorization) {
        Keys.init(authorization, CLIENTS)
                .then()
                .statusCode(401)
                .body("type", equalTo("urn:trekpoint:problem:unauthenticated"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}|400|clients",
                "{'clients':[]}|400|clients",
                "{'clients':[{'name':'','tier':'free','roles':[]}]}|400|clients[0].name",
                "{'clients':[{'name':'a','tier':'gold','roles':[]}]}|422|clients[0].tier",
                "{'clients':[{'name':'a','tier':'free','roles':['root']}]}|422|clients[0].roles",
                "{'clients':[{'name':'a','tier':'free','roles':[],'key':'x'}]}|400|clients[0].key",
            })
    @Order(1)
    void namesWhatIsWrongWithAClient(String body, int status, String field) {
        Keys.init(TOKEN, body.replace('\'', '"'))
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("field", equalTo(field));
    }

    @Test
    @Order(1)
    void refusesToCreateOneOverASnapshotThatIsDamaged() throws IOException {
        Path damaged = Files.createFile(snapshots.resolve("control-state.json.damaged"));
        Keys.init(TOKEN, CLIENTS)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:trekpoint:problem:already-initialised"))
                .body("detail", containsString("control-state.json.damaged"));
        Files.delete(damaged);
    }

    @Test
    @Order(2)
    void createsTheDataSetAndShowsEachKeyOnce() {
        Response created = Keys.init(TOKEN, CLIENTS);
        created.then()
                .statusCode(201)
                .body("epoch", matchesPattern("[0-9a-f]{32}"))
                .body("revision", equalTo(1))
                .body("clients", hasSize(2))
                .body("clients[0].name", equalTo("a"))
                .body("clients[0].tier", equalTo("free"))
                .body("clients[1].roles", equalTo(List.of("viewer", "operator")))
                .body("clients[1].key", startsWith("trek_dev_"));
        operatorKey = created.jsonPath().getString("clients[1].key");
        String audit = asOperator("/v1/audit").asString();
        assertThat(audit).contains("\"action\":\"init\"").doesNotContain("secretHashes");
        String secret = operatorKey.substring(operatorKey.lastIndexOf('_') + 1);
        assertThat(asOperator("/v1/state").asString()).doesNotContain(secret);
    }

    @Test
    @Order(3)
    void refusesToCreateItAgain() {
        Keys.init(TOKEN, CLIENTS)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:trekpoint:problem:already-initialised"));
    }

    @Test
    @Order(4)
    void keepsAnsweringAndWritesNothingOverAnEmptiedRedis() {
        ControlRedis.server().command("FLUSHALL");
        Keys.init(TOKEN, CLIENTS).then().statusCode(409);
        asOperator("/v1/flags").then().statusCode(200);
        given().contentType(ContentType.JSON)
                .header("X-API-Key", operatorKey)
                .body("{\"reason\":\"test\"}")
                .post("/v1/flags/gpx.export/kill")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("type", equalTo("urn:trekpoint:problem:control-diverged"));
        for (String key : List.of(ControlKeys.META, ControlKeys.AUDIT, ControlKeys.CHANGES)) {
            assertThat(ControlRedis.server().command("EXISTS " + key)).isEqualTo(":0");
        }
    }

    private static Response asOperator(String path) {
        return given().header("X-API-Key", operatorKey).get(path);
    }
}
