package io.trekpoint.control;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.trekpoint.lanes.mirror.ControlKeys;
import io.trekpoint.lanes.mirror.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class SettingResourceTest {
    private static final String PATH = "/v1/settings/gpx.export.monthly-quota";

    @Test
    void listsTheCatalogueWithWhatEachTierReads() {
        Keys.as("viewer")
                .get("/v1/settings")
                .then()
                .statusCode(200)
                .body("settings.key", hasItem("gpx.export.monthly-quota"))
                .body("settings[0].unit", equalTo("exports per month"))
                .body("settings[0].type", equalTo("integer"))
                .body("settings[0].defaults.free", equalTo(10))
                .body("settings[0].effective.free", notNullValue());
    }

    @Test
    void changesASettingForOneTier() {
        put("{'default':90,'tiers':{'free':3}}", present())
                .then()
                .statusCode(200)
                .body("setting.effective.free", equalTo(3))
                .body("setting.effective.partner", equalTo(90))
                .body("setting.defaults.partner", equalTo(10_000))
                .body("diff.after.value.tiers.free", equalTo(3));
        Keys.as("viewer")
                .get(PATH)
                .then()
                .statusCode(200)
                .body("value.default", equalTo(90))
                .body("reason", equalTo("a test"));
    }

    @Test
    void changesASettingForOneTypeOfJob() {
        String path = "/v1/settings/jobs.soft-limit";
        Keys.as("operator")
                .header("If-Match", "*")
                .body(body("{'types':{'stats':'5s'}}"))
                .put(path)
                .then()
                .statusCode(200)
                .body("setting.scope", equalTo("type"))
                .body("setting.effective.stats", equalTo("5s"))
                .body("setting.effective.export", equalTo("1m"))
                .body("setting.defaults.stats", equalTo("1m"))
                .body("diff.after.value.types.stats", equalTo("5s"));
        Keys.as("operator")
                .header("If-Match", "*")
                .body(body("{'types':{'stats':'90s'}}"))
                .put(path)
                .then()
                .statusCode(422)
                .body("rule", containsString("for stats: jobs.soft-limit 90s"));
    }

    @Test
    void refusesAWriteBasedOnAnEarlierRevision() {
        String before = present();
        put("5", before).then().statusCode(200);
        put("6", before).then().statusCode(412);
        Keys.as("viewer").get(PATH).then().body("value", equalTo(5));
    }

    @Test
    void refusesAWriteThatDoesNotSayWhatItIsBasedOn() {
        Keys.as("operator").body(body("5")).put(PATH).then().statusCode(428);
    }

    @Test
    void writesNothingInADryRun() {
        put("7", present()).then().statusCode(200);
        Keys.as("operator")
                .header("If-Match", present())
                .body(body("8"))
                .put(PATH + "?dryRun=true")
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("diff.before.value", equalTo(7))
                .body("diff.after.value", equalTo(8));
        Keys.as("viewer").get(PATH).then().body("value", equalTo(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-1|value",
                "1000001|value",
                "'5'|value",
                "null|value",
                "{'tiers':{'gold':1}}|value.tiers.gold",
                "{'tiers':{'free':-1}}|value.tiers.free",
            })
    void saysWhichRuleAValueBreaks(String value, String field) {
        put(value, "*")
                .then()
                .statusCode(422)
                .body("field", equalTo(field))
                .body("rule", notNullValue());
    }

    @Test
    void changesASettingWhoseStoredFormIsBroken() {
        put("7", "*").then().statusCode(200);
        String good = present();
        String settings = ControlKeys.entries(Kind.SETTING);
        for (String broken : List.of("{", "{}")) {
            ControlRedis.server()
                    .command("HSET " + settings + " gpx.export.monthly-quota " + broken);
            Response changed = put("8", good);
            changed.then().statusCode(200).body("diff.before", nullValue());
            good = changed.header("ETag");
        }
    }

    @Test
    void deletesASettingWhoseStoredFormIsBroken() {
        put("7", "*").then().statusCode(200);
        ControlRedis.server()
                .command(
                        "HSET "
                                + ControlKeys.entries(Kind.SETTING)
                                + " gpx.export.monthly-quota {");
        Keys.as("operator")
                .header("If-Match", "*")
                .delete("/v1/settings/gpx.export.monthly-quota?reason=a test")
                .then()
                .statusCode(200);
        Keys.as("viewer")
                .get("/v1/settings/gpx.export.monthly-quota")
                .then()
                .body("value", nullValue());
    }

    @Test
    void showsATimeWithItsUnitAndWhatGoesWithIt() {
        Keys.as("viewer")
                .get("/v1/settings/jobs.lease")
                .then()
                .statusCode(200)
                .body("type", equalTo("duration"))
                .body("scope", equalTo("global"))
                .body("owner", equalTo("worker-service"))
                .body("defaults.free", equalTo("10s"))
                .body("beside", hasItem("jobs.lease must be shorter than gpx.max-seconds"));
    }

    @Test
    void namesTheRuleBetweenSettingsThatAValueBreaks() {
        String path = "/v1/settings/limits.hour.requests";
        Response refused =
                Keys.as("operator")
                        .header("If-Match", "*")
                        .body(body("{'tiers':{'free':19}}"))
                        .put(path);
        refused.then()
                .statusCode(422)
                .body("field", equalTo("value"))
                .body("rule", containsString("at least limits.burst.requests; for free"));
        Keys.as("viewer").get(path).then().body("value", nullValue());
    }

    @Test
    void letsSettingsThatMustGoTogetherChangeTogether() {
        String both =
                """
                {"reason":"a test","changes":[
                  {"kind":"setting","key":"jobs.lease","value":"90s","ifMatch":"*"},
                  {"kind":"setting","key":"gpx.max-seconds","value":%d,"ifMatch":"*"}]}\
                """;
        Keys.as("operator")
                .body(both.formatted(90))
                .post("/v1/changes")
                .then()
                .statusCode(422)
                .body("rule", containsString("jobs.lease must be shorter than gpx.max-seconds"));

        Keys.as("operator").body(both.formatted(91)).post("/v1/changes").then().statusCode(200);

        // Alone, neither could go back first: the lease has to.
        String seconds = "/v1/settings/gpx.max-seconds?reason=a+test";
        Keys.as("operator").header("If-Match", "*").delete(seconds).then().statusCode(422);
        for (String key : List.of("jobs.lease", "gpx.max-seconds")) {
            Keys.as("operator")
                    .header("If-Match", "*")
                    .delete("/v1/settings/" + key + "?reason=a+test")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void knowsNoOtherSettings() {
        Keys.as("viewer").get("/v1/settings/other").then().statusCode(404);
        Keys.as("operator")
                .header("If-None-Match", "*")
                .body(body("5"))
                .put("/v1/settings/other")
                .then()
                .statusCode(404);
    }

    private static String present() {
        return Keys.as("viewer").get(PATH).header("ETag");
    }

    private static Response put(String value, String ifMatch) {
        return Keys.as("operator").header("If-Match", ifMatch).body(body(value)).put(PATH);
    }

    private static String body(String value) {
        return ("{'value':" + value + ",'reason':'a test'}").replace('\'', '"');
    }
}
