package io.trekpoint.control.ofrep;

import static io.restassured.RestAssured.given;
import static io.trekpoint.control.ofrep.DefinedFlags.define;
import static io.trekpoint.control.ofrep.DefinedFlags.flag;
import static io.trekpoint.control.ofrep.DefinedFlags.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.trekpoint.control.ControlRedis;
import io.trekpoint.control.Keys;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class OfrepResourceTest {
    private static final String ALL = "/ofrep/v1/evaluate/flags";
    private static final String CONTEXT =
            "{\"context\":{\"targetingKey\":\"u1\",\"tier\":\"pro\"}}";

    @Test
    void evaluatesOneFlagAndSaysWhereTheAnswerIsFrom() {
        String key = define(flag("'red'", "'blue'", "'team':'maps','trek.owner':'m'"));
        one(key).statusCode(200)
                .contentType(ContentType.JSON)
                .body("key", equalTo(key))
                .body("value", equalTo("red"))
                .body("variant", equalTo("a"))
                .body("reason", equalTo("STATIC"))
                .body("metadata.team", equalTo("maps"))
                .body("metadata.'trek.owner'", equalTo("m"))
                .body("metadata.'trek.revision'", greaterThan(1))
                .body("metadata.'trek.ageSeconds'", equalTo(0))
                .body("metadata.'trek.source'", equalTo("redis"));
    }

    @Test
    void evaluatesTargetingForTheContext() {
        String rule = "'targeting':{'if':[{'==':[{'var':'tier'},'pro']},'b',null]},'metadata'";
        String key = define(flag("1", "2", "").replace("'metadata'", rule));
        one(key).body("value", equalTo(2))
                .body("variant", equalTo("b"))
                .body("reason", equalTo("TARGETING_MATCH"));
        Keys.as("reader")
                .post(ALL + "/" + key)
                .then()
                .body("value", equalTo(1))
                .body("reason", equalTo("DEFAULT"));
    }

    @Test
    void saysWhatIsWrongWithAFlagThatCannotBeEvaluated() {
        String rule = "'targeting':{'var':'tier'},'metadata'";
        String key = define(flag("1", "2", "").replace("'metadata'", rule));
        one(key).statusCode(400)
                .body("key", equalTo(key))
                .body("errorCode", equalTo("GENERAL"))
                .body("errorDetails", notNullValue())
                .body("metadata.'trek.source'", equalTo("redis"));
        bulk().then()
                .statusCode(200)
                .body("flags.find{it.key=='%s'}.errorCode".formatted(key), equalTo("GENERAL"));
        define(flag("1", "2", ""));
        DefinedFlags.redefine(key, flag("1", "2", ""));
    }

    @Test
    void leavesTheValueOfADisabledFlagToTheCode() {
        String key = define(flag("true", "false", "").replace("ENABLED", "DISABLED"));
        one(key).statusCode(200)
                .body("reason", equalTo("DISABLED"))
                .body("$", not(hasKey("value")))
                .body("$", not(hasKey("variant")));
    }

    @Test
    void answersAKillWithAValue() {
        String key = define(flag("true", "false", ""));
        turn(key, "kill");
        one(key).body("value", equalTo(false)).body("reason", equalTo("DISABLED"));
        turn(key, "restore");
        one(key).body("value", equalTo(true)).body("reason", equalTo("STATIC"));
    }

    @ParameterizedTest(name = "{0} beside {1} is written as {2}")
    @CsvSource({"5.0, 6, 5.0", "5, 5.5, 5.0", "5, 6, 5", "-0.25, 1, -0.25", "1e21, 1, 1.0E21"})
    void writesFloatsWithADecimalPoint(String value, String other, String written) {
        String body = one(define(flag(value, other, ""))).extract().asString();
        assertThat(body).contains("\"value\":" + written + "}");
    }

    @Test
    void answersADeclaredFlagThatNobodyStoredWithItsCodeDefault() {
        one("gpx.simplify")
                .statusCode(200)
                .body("value", equalTo(true))
                .body("reason", equalTo("DEFAULT"));
    }

    @ParameterizedTest
    @CsvSource({"nothing.here", "not%20a%20key", "a%2Fb"})
    void knowsNoOtherFlags(String key) {
        Keys.as("reader")
                .urlEncodingEnabled(false)
                .body(CONTEXT)
                .post(ALL + "/" + key)
                .then()
                .statusCode(404)
                .body("errorCode", notNullValue())
                .body("metadata", anEmptyMap());
    }

    @Test
    void takesABodyWithoutAContextOrNoneAtAll() {
        String key = define(flag("1", "2", ""));
        Keys.as("reader").post(ALL + "/" + key).then().statusCode(200);
        Keys.as("reader").body("{}").post(ALL + "/" + key).then().statusCode(200);
        given().header("X-API-Key", Keys.keyOf("reader"))
                .contentType("text/plain")
                .body(CONTEXT)
                .post(ALL + "/" + key)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"context\":                         | PARSE_ERROR",
                "{} {}                                 | PARSE_ERROR",
                "[]                                    | INVALID_CONTEXT",
                "{\"context\": []}                     | INVALID_CONTEXT",
                "{\"context\": \"u1\"}                 | INVALID_CONTEXT",
                "{\"context\": {\"targetingKey\": 5}}  | INVALID_CONTEXT",
            })
    void refusesWhatIsNoContext(String body, String code) {
        String key = define(flag("1", "2", ""));
        for (String path : new String[] {ALL + "/" + key, ALL}) {
            Keys.as("reader")
                    .body(body)
                    .post(path)
                    .then()
                    .statusCode(400)
                    .contentType(ContentType.JSON)
                    .body("errorCode", equalTo(code))
                    .body("errorDetails", notNullValue())
                    .body("metadata", anEmptyMap());
        }
    }

    @Test
    void refusesAContextWithoutABottom() {
        String deep = "{\"context\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001);
        Keys.as("reader")
                .body(deep)
                .post(ALL)
                .then()
                .statusCode(400)
                .body("errorCode", equalTo("PARSE_ERROR"));
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        String large = "{\"context\":{\"a\":\"" + "x".repeat(200_000) + "\"}}";
        refused(Keys.as("reader").body(large).post(ALL), 413);
    }

    @Test
    void refusesAsClientsReadIt() {
        refused(given().body(CONTEXT).post(ALL), 401);
        refused(given().header("X-API-Key", "trek_dev_a").body(CONTEXT).post(ALL + "/a"), 401);
        refused(given().header("Authorization", "Basic abc").get("/ofrep/v1/events"), 401);
        refused(Keys.as("plain").body(CONTEXT).post(ALL + "/gpx.export"), 403);
        refused(Keys.as("plain").get("/ofrep/v1/events"), 403);
        refused(Keys.as("reader").get(ALL), 405);
        refused(Keys.as("reader").get("/ofrep/v1/nothing"), 404);
    }

    @Test
    void takesTheKeyAsABearerToken() {
        given().header("Authorization", "Bearer " + Keys.keyOf("reader"))
                .body(CONTEXT)
                .post(ALL)
                .then()
                .statusCode(200);
    }

    @Test
    void showsABrowserPublicFlagsAndNothingElse() {
        String hidden = define(flag("true", "false", ""));
        String open = define(flag("true", "false", "'trek.public':true,'trek.owner':'m','n':1"));
        browser(open)
                .statusCode(200)
                .body("value", equalTo(true))
                .body("metadata.n", equalTo(1))
                .body("metadata", not(hasKey("trek.owner")));
        browser(hidden).statusCode(404).body("errorCode", equalTo("FLAG_NOT_FOUND"));
        browser("gpx.export").statusCode(404);
        Keys.as("browser")
                .body(CONTEXT)
                .post(ALL)
                .then()
                .statusCode(200)
                .body("flags.key", hasItem(open))
                .body("flags.key", not(hasItem(hidden)))
                .body("flags.key", not(hasItem("gpx.export")));
        for (String path : new String[] {"/v1/state", "/v1/flags", "/v1/audit"}) {
            Keys.as("browser").get(path).then().statusCode(403);
        }
    }

    @Test
    void evaluatesAllFlagsAndOffersItsEvents() {
        String key = define(flag("{'x':[1,2]}", "{}", ""));
        Response answer = bulk();
        answer.then()
                .statusCode(200)
                .body("flags.key", hasItem(key))
                .body("flags.key", hasItem("gpx.export"))
                .body(
                        "flags.find{it.key=='%s'}.value.x".formatted(key),
                        equalTo(java.util.List.of(1, 2)))
                .body("metadata.'trek.source'", equalTo("redis"))
                .body("eventStreams[0].type", equalTo("sse"))
                .body("eventStreams[0].url", nullValue())
                .body("eventStreams[0].endpoint.requestUri", startsWith("/ofrep/v1/events?ticket="))
                .body("eventStreams[0].inactivityDelaySec", equalTo(120));
    }

    @Test
    void answersNotModifiedWhileTheWholeBodyIsTheSame() {
        String key = define(flag("1", "2", ""));
        String tag = bulk().header("ETag");
        assertThat(tag).startsWith("\"").endsWith("\"");
        for (String header : new String[] {tag, "W/" + tag, "\"x\", " + tag + ", W/\"y\"", "*"}) {
            Response unchanged = bulk("If-None-Match", header);
            unchanged.then().statusCode(304).header("ETag", tag);
            assertThat(unchanged.asByteArray()).isEmpty();
        }
        bulk("If-None-Match", "\"other\"").then().statusCode(200).header("ETag", tag);
        turn(define(flag("true", "false", "")), "kill");
        bulk("If-None-Match", tag).then().statusCode(200).header("ETag", not(equalTo(tag)));
        assertThat(key).isNotEmpty();
    }

    @Test
    void takesTheQueryOfACallThatAnEventTriggered() {
        Keys.as("reader")
                .body(CONTEXT)
                .post(ALL + "?flagConfigEtag=abc-7&flagConfigLastModified=1771622898")
                .then()
                .statusCode(200);
    }

    /** The etag of an event of another replica, which is ahead of this one. */
    @Test
    void waitsForTheChangeThatAnEventToldOf() throws Exception {
        JsonPath state = Keys.as("reader").get("/v1/state").jsonPath();
        String ahead = state.getString("epoch") + "-" + (state.getLong("revision") + 1);

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> asked =
                    callers.submit(() ->
                            Keys.as("reader").body(CONTEXT).post(ALL + "?flagConfigEtag=" + ahead));
            String key = define(flag("1", "2", ""));

            asked.get().then().statusCode(200).body("flags.key", hasItem(key));
        }
    }

    @Test
    void answersAllTheSameWhereTheChangeDoesNotCome() {
        String epoch = Keys.as("reader").get("/v1/state").jsonPath().getString("epoch");

        Keys.as("reader")
                .body(CONTEXT)
                .post(ALL + "?flagConfigEtag=" + epoch + "-999999999")
                .then()
                .statusCode(200);
    }

    private static Response bulk(String... header) {
        var request = Keys.as("reader").body(CONTEXT);
        if (header.length > 0) {
            request.header(header[0], header[1]);
        }
        return request.post(ALL);
    }

    private static ValidatableResponse one(String key) {
        return Keys.as("reader").body(CONTEXT).post(ALL + "/" + key).then();
    }

    private static ValidatableResponse browser(String key) {
        return Keys.as("browser").body(CONTEXT).post(ALL + "/" + key).then();
    }

    private static void refused(Response response, int status) {
        response.then()
                .statusCode(status)
                .body("errorCode", equalTo("GENERAL"))
                .body("errorDetails", notNullValue())
                .body("metadata", anEmptyMap());
    }
}
