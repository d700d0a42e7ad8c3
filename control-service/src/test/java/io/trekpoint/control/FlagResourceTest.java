package io.trekpoint.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.trekpoint.lanes.mirror.ControlKeys;
import io.trekpoint.lanes.mirror.Kind;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class FlagResourceTest {
    private static final String ON =
            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'on'}";
    private static final String OFF = ON.replace("'on'}", "'off'}");

    private static final String FLAGS = ControlKeys.entries(Kind.FLAG);

    private final String key = "test." + UUID.randomUUID();

    @Test
    void listsTheFlagsOfTheCatalogueAndThoseStored() {
        create();
        Keys.as("viewer")
                .get("/v1/flags")
                .then()
                .statusCode(200)
                .body("flags.key", hasItem("gpx.export"))
                .body("flags.key", hasItem(key));
    }

    @Test
    void createsReadsAndChangesAFlag() {
        String first = etag(create());
        Response read = Keys.as("viewer").get("/v1/flags/" + key);
        read.then()
                .statusCode(200)
                .header("ETag", first)
                .body("definition.defaultVariant", equalTo("on"))
                .body("answer.value", equalTo(true))
                .body("author", notNullValue())
                .body("reason", equalTo("a test"));
        Response changed = put(OFF, "If-Match", first);
        changed.then()
                .statusCode(200)
                .body("flag.answer.value", equalTo(false))
                .body("diff.before.answer.value", equalTo(true))
                .body("diff.after.answer.value", equalTo(false));
        Keys.as("viewer").get("/v1/flags/" + key).then().header("ETag", etag(changed));
    }

    @Test
    void refusesAWriteThatDoesNotSayWhatItIsBasedOn() {
        Keys.as("operator")
                .body(body(ON))
                .put("/v1/flags/" + key)
                .then()
                .statusCode(428)
                .body("type", equalTo("urn:trekpoint:problem:precondition-required"));
    }

    @Test
    void refusesAWriteBasedOnAnEarlierRevision() {
        String first = etag(create());
        put(OFF, "If-Match", first).then().statusCode(200);
        put(ON, "If-Match", first)
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:trekpoint:problem:precondition-failed"));
        Keys.as("viewer").get("/v1/flags/" + key).then().body("answer.value", equalTo(false));
    }

    @Test
    void isNotDisturbedByChangesOfOtherFlags() {
        String first = etag(create());
        new FlagResourceTest().create();
        put(OFF, "If-Match", first).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "If-None-Match|*|412",
                "If-None-Match|\"1\"|400",
                "If-Match|*|200",
                "If-Match|\"0\"|412",
                "If-Match|\"x\", %s|200",
                "If-Match|W/%s|412",
                "If-Match|1|400",
            })
    void judgesThePreconditionsOfAnExistingFlag(String header, String value, int status) {
        String first = etag(create());
        put(OFF, header, value.formatted(first)).then().statusCode(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"If-Match|*|412", "If-Match|\"0\"|412", "If-None-Match|*|200"})
    void judgesThePreconditionsOfAFlagThatDoesNotExist(String header, String value, int status) {
        put(ON, header, value).then().statusCode(status);
    }

    @Test
    void writesNothingInADryRun() {
        Keys.as("operator")
                .header("If-None-Match", "*")
                .body(body(ON))
                .put("/v1/flags/" + key + "?dryRun=true")
                .then()
                .statusCode(200)
                .header("ETag", nullValue())
                .body("dryRun", equalTo(true))
                .body("diff.before", nullValue())
                .body("diff.after.answer.value", equalTo(true));
        Keys.as("viewer").get("/v1/flags/" + key).then().statusCode(404);
    }

    @Test
    void killsAndRestoresAFlagTheCatalogueDeclaresBeforeAnybodyStoredIt() {
        turn("gpx.export", "kill")
                .then()
                .statusCode(200)
                .body("flag.killed", equalTo(true))
                .body("flag.answer.value", equalTo(false))
                .body("flag.answer.reason", equalTo("DISABLED"));
        Keys.as("viewer")
                .get("/v1/flags/gpx.export")
                .then()
                .body("killed", equalTo(true))
                .body("codeDefault", equalTo(true));
        turn("gpx.export", "restore")
                .then()
                .statusCode(200)
                .body("flag.killed", equalTo(false))
                .body("flag.answer.value", equalTo(true));
    }

    @Test
    void makesNoRevisionForAFlagThatIsKilledAlready() {
        create();
        Response first = turn(key, "kill");
        Response second = turn(key, "kill");
        second.then().statusCode(200).header("ETag", etag(first));
    }

    @Test
    void keepsAKilledFlagKilledWhenItIsRedefined() {
        create();
        String killed = etag(turn(key, "kill"));
        put(OFF, "If-Match", killed)
                .then()
                .statusCode(200)
                .body("flag.killed", equalTo(true))
                .body("flag.answer.reason", equalTo("DISABLED"));
        turn(key, "restore").then().body("flag.answer.value", equalTo(false));
    }

    @Test
    void refusesToKillWhatHasNoKillAnswer() {
        put("{'state':'ENABLED','variants':{'a':'A'}}", "If-None-Match", "*")
                .then()
                .statusCode(200);
        turn(key, "kill")
                .then()
                .statusCode(422)
                .body("field", equalTo("definition.metadata.trek.killVariant"))
                .body("rule", notNullValue());
    }

    @Test
    void knowsNoOtherFlags() {
        Keys.as("viewer")
                .get("/v1/flags/" + key)
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:trekpoint:problem:not-found"));
        turn(key, "kill").then().statusCode(404);
    }

    @Test
    void refusesADefinitionThatIsNotOne() {
        put(
                        "{'state':'ENABLED','variants':{'on':true},'targeting':{'if':[]}}",
                        "If-None-Match",
                        "*")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:trekpoint:problem:invalid-value"))
                .body("field", equalTo("definition.targeting.if"));
        Keys.as("viewer").get("/v1/flags/" + key).then().statusCode(404);
    }

    @Test
    void refusesAVariantThatIsNestedTooDeep() {
        put(objects(65), "If-None-Match", "*")
                .then()
                .statusCode(422)
                .body("field", equalTo("definition.variants.on"))
                .body("rule", equalTo("is nested deeper than 64 levels"));
        put(objects(64), "If-None-Match", "*").then().statusCode(200);
    }

    private static String objects(int levels) {
        return "{'state':'ENABLED','variants':{'on':%s}}"
                .formatted("{'a':".repeat(levels) + "1" + "}".repeat(levels));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{", "[]", "{\"revision\":1,\"killed\":false,\"definition\":{}}"})
    void changesAFlagWhoseStoredFormIsBroken(String broken) {
        String good = etag(create());
        breakStoredForm(broken);
        put(OFF, "If-Match", good)
                .then()
                .statusCode(200)
                .body("diff.before", nullValue())
                .body("flag.answer.value", equalTo(false));
        turn(key, "kill").then().statusCode(200);
        breakStoredForm(broken);
        turn(key, "kill").then().statusCode(200).body("flag.killed", equalTo(true));
        breakStoredForm(broken);
        put(ON, "If-Match", "*").then().statusCode(200).body("flag.killed", equalTo(true));
    }

    private void breakStoredForm(String form) {
        String quoted = "\"" + form.replace("\"", "\\\"") + "\"";
        assertThat(ControlRedis.server().command("HSET " + FLAGS + " " + key + " " + quoted))
                .isEqualTo(":0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':'off','b':'on'}",
                "{'a':1,'b':0}",
                "{'a':{},'b':{}}",
            })
    void refusesAnotherTypeForAFlagTheCodeAsksFor(String variants) {
        Keys.as("operator")
                .header("If-Match", "*")
                .body(
                        body(
                                ("{'state':'ENABLED','variants':%s,'defaultVariant':'a',"
                                                + "'metadata':{'trek.killVariant':'b'}}")
                                        .formatted(variants)))
                .put("/v1/flags/gpx.export")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:trekpoint:problem:invalid-value"))
                .body("field", equalTo("definition.variants"));
    }

    @Test
    void refusesAKeyOfOtherCharacters() {
        Keys.as("operator")
                .header("If-None-Match", "*")
                .body(body(ON))
                .put("/v1/flags/a b")
                .then()
                .statusCode(422)
                .body("field", equalTo("key"));
    }

    private Response create() {
        Response created = put(ON, "If-None-Match", "*");
        created.then().statusCode(200).body("diff.before", nullValue());
        return created;
    }

    private Response put(String definition, String header, String value) {
        return Keys.as("operator")
                .header(header, value)
                .body(body(definition))
                .put("/v1/flags/" + key);
    }

    private static Response turn(String key, String way) {
        return Keys.as("operator")
                .body("{\"reason\":\"a test\"}")
                .post("/v1/flags/" + key + "/" + way);
    }

    private static String etag(Response response) {
        response.then().statusCode(200);
        return response.header("ETag");
    }

    private static String body(String definition) {
        return ("{'definition':" + definition + ",'reason':'a test'}").replace('\'', '"');
    }
}
