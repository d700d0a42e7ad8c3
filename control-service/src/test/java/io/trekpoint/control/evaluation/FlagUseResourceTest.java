package io.trekpoint.control.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.trekpoint.control.ControlRedis;
import io.trekpoint.control.Keys;
import io.trekpoint.lanes.evaluation.EvaluationRecords;
import io.trekpoint.lanes.guard.Lane;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class FlagUseResourceTest {
    private final String key = "use." + UUID.randomUUID();

    @Inject FlagUses uses;
    @Inject EvaluationRecords records;
    @Inject Lane lane;

    @Test
    void tellsWhoEvaluatedAFlagOverOfrepAndHowOften() {
        define("");
        evaluate();
        evaluate();
        await().until(() -> use().getList("counts.count").equals(List.of(2)));
        assertThat(use().getString("evaluatedBy[0].name")).isEqualTo("reader");
        assertThat(use().getString("evaluatedBy[0].clientId")).isNotBlank();
        assertThat(use().getString("variant")).isEqualTo("on");
        assertThat(use().getString("lastEvaluatedAt")).isNotBlank();
        assertThat(use().getString("constantSince")).isNotBlank();
        assertThat(use().getString("counts[0].reason")).isEqualTo("STATIC");
        assertThat(why()).isEqualTo(List.of("not-evaluated"));
    }

    @Test
    void showsWithAFlagWhenItWasLastEvaluated() {
        define("");
        assertThat(view().getString("lastEvaluatedAt")).isNull();

        evaluate();

        await().until(() -> view().getString("lastEvaluatedAt") != null);
        assertThat(listed().getString("lastEvaluatedAt"))
                .isEqualTo(view().getString("lastEvaluatedAt"));
    }

    @Test
    void forgetsFlagsThatAreGoneOnceNobodyEvaluatesThem() {
        define("");
        long now = Instant.now().getEpochSecond();
        note(key, 0);
        note("gone.long-ago", 0);
        note("gone.just-now", now);
        note("gpx.export", 0);

        assertThat(uses.forgetGone())
                .contains("gone.long-ago")
                .doesNotContain(key, "gone.just-now", "gpx.export");

        assertThat(records.find("gone.long-ago")).isEmpty();
        assertThat(records.find(key)).isPresent();
    }

    @Test
    void deletesAFlagThatIsEvaluatedOnlyWhenForced() {
        define("");
        evaluate();
        await().until(() -> !use().getList("evaluatedBy").isEmpty());
        Keys.as("operator")
                .header("If-Match", "*")
                .delete("/v1/flags/" + key + "?reason=test")
                .then()
                .statusCode(409)
                .body("detail", containsString("reader"));
        Keys.as("operator")
                .header("If-Match", "*")
                .delete("/v1/flags/" + key + "?reason=test&force=true")
                .then()
                .statusCode(200);
        Keys.as("reader").post("/ofrep/v1/evaluate/flags/" + key).then().statusCode(404);
    }

    @Test
    void saysThatNobodyEvaluatedAFlag() {
        define("");
        Keys.as("viewer")
                .get("/v1/flags/" + key + "/evaluations")
                .then()
                .statusCode(200)
                .body("lastEvaluatedAt", nullValue())
                .body("evaluatedBy", empty())
                .body("counts", empty());
        assertThat(why()).isEqualTo(List.of("never-evaluated"));
        assertThat(stale(1).getList("flags.key")).doesNotContain(key);
    }

    @Test
    void tellsAFlagThatShouldBeGone() {
        define("\"trek.expires\":\"2020-01-31\",\"trek.owner\":\"maps\"");
        JsonPath report = stale(30);
        String at = "flags.find{it.key=='" + key + "'}.";
        assertThat(report.getList(at + "why")).isEqualTo(List.of("overdue"));
        assertThat(report.getString(at + "owner")).isEqualTo("maps");
        assertThat(report.getString(at + "expires")).isEqualTo("2020-01-31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3651", "abc", "1.5"})
    void refusesADaysThatIsNone(String days) {
        Keys.as("viewer")
                .get("/v1/stale-flags?days=" + days)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:trekpoint:problem:invalid-request"))
                .body("field", equalTo("days"))
                .body("rule", equalTo("must be a whole number from 0 to 3650"));
    }

    private void note(String flag, long seconds) {
        String use = "{\"first\":0,\"since\":0,\"variant\":\"on\",\"by\":{\"somebody\":%d}}";
        lane.send(
                Request.cmd(Command.HSET)
                        .arg("trek:{control}:evaluations")
                        .arg(flag)
                        .arg(use.formatted(seconds)),
                Lane.Access.WRITE);
    }

    private JsonPath view() {
        return Keys.as("viewer").get("/v1/flags/" + key).jsonPath();
    }

    private JsonPath listed() {
        return Keys.as("viewer")
                .get("/v1/flags")
                .jsonPath()
                .setRootPath("flags.find{it.key=='" + key + "'}");
    }

    private List<String> why() {
        return stale(0).getList("flags.find{it.key=='" + key + "'}.why");
    }

    private static JsonPath stale(int days) {
        return Keys.as("viewer").get("/v1/stale-flags?days=" + days).jsonPath();
    }

    private JsonPath use() {
        return Keys.as("viewer").get("/v1/flags/" + key + "/evaluations").jsonPath();
    }

    private void evaluate() {
        Keys.as("reader").post("/ofrep/v1/evaluate/flags/" + key).then().statusCode(200);
    }

    private void define(String metadata) {
        Keys.as("operator")
                .header("If-None-Match", "*")
                .body(
                        ("{\"definition\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":false},"
                                        + "\"defaultVariant\":\"on\",\"metadata\":{%s}},\"reason\":\"a test\"}")
                                .formatted(metadata))
                .put("/v1/flags/" + key)
                .then()
                .statusCode(200);
    }
}
