package io.trekpoint.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.trekpoint.lanes.mirror.ControlKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class AuditResourceTest {
    private static final String ON =
            "{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"on\"}";

    private final String key = "test." + UUID.randomUUID();

    @ConfigProperty(name = "trek.mirror.snapshot-dir")
    Path snapshots;

    @BeforeEach
    void makeSomeHistory() {
        Keys.as("operator")
                .header("If-None-Match", "*")
                .body("{\"definition\":" + ON + ",\"reason\":\"a test\"}")
                .put("/v1/flags/" + key)
                .then()
                .statusCode(200);
        turn("kill");
        turn("restore");
    }

    @Test
    void findsWhatIsAskedFor() {
        audit("key=" + key).body("records.entry.action", contains("restore", "kill", "put"));
        audit("key=" + key + "&kind=setting").body("records", empty());
        audit("key=" + key + "&action=kill").body("records", hasSize(1));
        String actor = audit("key=" + key).extract().path("records[0].entry.actor");
        audit("key=" + key + "&actor=" + actor).body("records", hasSize(3));
        audit("key=" + key + "&actor=nobody").body("records", empty());
        String at = audit("key=" + key + "&action=kill").extract().path("records[0].entry.at");
        audit("key=" + key + "&from=" + at + "&to=2100-01-01T00:00:00Z")
                .body("records.entry.action", contains("restore", "kill"));
        audit("key=" + key + "&to=" + at).body("records.entry.action", contains("put"));
    }

    @Test
    void leadsFromPageToPage() {
        Response first = Keys.as("viewer").get("/v1/audit?limit=1&key=" + key);
        first.then().body("records.entry.action", contains("restore"));
        long cursor = first.jsonPath().getLong("next");
        audit("limit=1&key=" + key + "&cursor=" + cursor)
                .body("records.entry.action", contains("kill"));
    }

    @ParameterizedTest
    @CsvSource({"limit,201", "limit,x", "cursor,0", "kind,plan", "from,yesterday", "to,1"})
    void refusesWhatItDoesNotUnderstand(String parameter, String value) {
        Keys.as("viewer")
                .get("/v1/audit?" + parameter + "=" + value)
                .then()
                .statusCode(400)
                .body("field", equalTo(parameter));
    }

    @Test
    void verifiesToTheHead() {
        long revision = Keys.as("viewer").get("/v1/flags").jsonPath().getLong("revision");
        Keys.as("viewer")
                .get("/v1/audit/verify")
                .then()
                .statusCode(200)
                .body("verified", equalTo(true))
                .body("from", equalTo(1))
                .body("to", equalTo((int) revision));
    }

    @Test
    void exportsLinesThatCanBeCheckedAnywhere() {
        String export = Keys.as("viewer").get("/v1/audit/export").asString();
        long revision = Keys.as("viewer").get("/v1/flags").jsonPath().getLong("revision");
        assertThat(export.lines().count()).isEqualTo(revision);
        assertThat(export).startsWith("{\"revision\":1,\"previous\":\"\",\"hash\":\"");
        assertThat(export).doesNotContain("secretHashes");
    }

    @Test
    void archivesEveryRevisionAndCutsTheStreamOnlyThen() throws Exception {
        set(100);
        for (int i = 0; i < 110; i++) {
            turn(i % 2 == 0 ? "kill" : "restore");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> streamLength() <= 100);
        Keys.as("viewer")
                .get("/v1/audit/verify")
                .then()
                .body("verified", equalTo(true))
                .body("from", equalTo(1));
        audit("key=" + key + "&action=put").body("records", hasSize(1));
        audit("action=init").body("records", hasSize(1));
        Keys.as("viewer")
                .get("/v1/flags/" + key + "/history?limit=200")
                .then()
                .body("changes", hasSize(113))
                .body("complete", equalTo(true));
        Keys.as("operator").get("/v1/state?at=1").then().statusCode(200);
        try (var files = Files.walk(snapshots.resolve("audit"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".ndjson"))).isNotEmpty();
        }
        set(10_000);
    }

    private void turn(String action) {
        Keys.as("operator")
                .body("{\"reason\":\"a test\"}")
                .post("/v1/flags/" + key + "/" + action)
                .then()
                .statusCode(200);
    }

    private static void set(int kept) {
        Keys.as("operator")
                .header("If-Match", "*")
                .body("{\"reason\":\"a test\",\"value\":" + kept + "}")
                .put("/v1/settings/control.audit.kept")
                .then()
                .statusCode(200);
    }

    private static long streamLength() {
        return Long.parseLong(
                ControlRedis.server().command("XLEN " + ControlKeys.AUDIT).substring(1).strip());
    }

    private static ValidatableResponse audit(String query) {
        return Keys.as("viewer").get("/v1/audit?" + query).then().statusCode(200);
    }
}
