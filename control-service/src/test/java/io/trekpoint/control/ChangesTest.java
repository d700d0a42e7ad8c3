package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class ChangesTest {
    private static final String ON =
            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'on'}";
    private static final String CLIENT_TO_CREATE =
            """
            {"name":"a client","tier":"free","roles":["viewer"],"reason":"a test"}\
            """;
    private static final String QUOTA = "gpx.export.monthly-quota";

    private final String key = "test." + UUID.randomUUID();

    @Test
    void makesSeveralChangesOneRevision() {
        long before = revision();
        Response made = change("", creates(key), creates(key + ".b"), quota(77));
        made.then()
                .statusCode(200)
                .body("diff", hasSize(3))
                .body("diff[0].change", equalTo("added"))
                .body("diff[2].key", equalTo(QUOTA));
        assertThat(made.jsonPath().getLong("revision")).isEqualTo(before + 1);
        for (String path : new String[] {"/v1/flags/" + key, "/v1/settings/" + QUOTA}) {
            Keys.as("viewer")
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"" + (before + 1) + "\"");
        }
        Keys.as("viewer")
                .get("/v1/audit?limit=1")
                .then()
                .body("records[0].entry.action", equalTo("change"))
                .body("records[0].entry.changes", hasSize(3));
    }

    @Test
    void writesNothingInADryRun() {
        long before = revision();
        change("?dryRun=true", creates(key)).then().statusCode(200).body("diff", hasSize(1));
        assertThat(revision()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind':'flag','key':'k','definition':{}}|428|changes[1]",
                "{'kind':'flag','key':'k','ifMatch':'7','definition':{}}|422|changes[1].definition.state",
                "{'kind':'flag','key':'k','ifMatch':'*'}|422|changes[1].definition",
                "{'kind':'flag','key':'no','action':'kill'}|404|changes[1]",
                "{'kind':'flag','key':'k','action':'explode'}|422|changes[1].action",
                "{'kind':'thing','key':'k'}|422|changes[1].kind",
                "{'kind':'setting','key':'gpx.max-points','ifMatch':'*','value':0}|422|changes[1].value",
                "{'kind':'setting','key':'gpx.max-points','ifMatch':'987654321','value':9}|412|changes[1]",
                "{'kind':'setting','key':'nobody.reads','ifMatch':'*','value':9}|404|changes[1]",
                "{'kind':'setting','key':'gpx.max-points','value':9,'more':1}|400|changes[1].more",
            })
    void refusesAllForOneAndNamesItsIndex(String bad, int status, String field) {
        long before = revision();
        change("", creates(key), bad)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("field", equalTo(field));
        assertThat(revision()).isEqualTo(before);
        Keys.as("viewer").get("/v1/flags/" + key).then().statusCode(404);
    }

    @Test
    void refusesAFlagThatNoServiceWouldRead() {
        long before = revision();
        String definition = "{'state':'ENABLED','variants':{'a':'" + "山".repeat(100_000) + "'}}";
        String large =
                "{'kind':'flag','key':'%s','ifNoneMatch':'*','definition':%s}"
                        .formatted(key, definition);
        for (String query : new String[] {"", "?dryRun=true"}) {
            change(query, large)
                    .then()
                    .statusCode(413)
                    .body("field", equalTo("flag " + key))
                    .body("detail", containsString("258048 bytes"));
        }
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void killsTheLargestFlagForTheLongestReason() {
        String most = "山".repeat(85_950);
        String definition =
                "{'state':'ENABLED','variants':{'a':true},'metadata':{'m':'" + most + "'}}";
        String large =
                "{'kind':'flag','key':'%s','ifNoneMatch':'*','definition':%s}"
                        .formatted(key, definition);
        change("", large).then().statusCode(200);
        for (String way : new String[] {"kill", "restore", "kill"}) {
            Keys.as("operator")
                    .body("{\"reason\":\"%s\"}".formatted("山".repeat(500)))
                    .post("/v1/flags/" + key + "/" + way)
                    .then()
                    .statusCode(200);
        }
        Keys.as("viewer").get("/v1/flags/" + key).then().body("killed", equalTo(true));
    }

    @Test
    void schedulesNothingThatNoServiceWouldRead() {
        long before = revision();
        String text = "{'state':'ENABLED','variants':{'a':'" + "x".repeat(100_000) + "'}}";
        String[] changes =
                IntStream.range(0, 4)
                        .mapToObj(i -> creates(key + "." + i).replace(ON, text))
                        .toArray(String[]::new);
        schedule(600, changes).then().statusCode(413).body("field", startsWith("schedule "));

        String deep = "[".repeat(900) + "]".repeat(900);
        String kill =
                "{'kind':'flag','key':'gpx.export','action':'kill','value':%s}".formatted(deep);
        schedule(600, kill).then().statusCode(422).body("field", startsWith("schedule "));
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void refusesTwoChangesOfOneEntry() {
        change("", creates(key), creates(key))
                .then()
                .statusCode(422)
                .body("field", equalTo("changes[1].key"));
    }

    @Test
    void makesScheduledChangesAtTheirTimeAndOnce() {
        Response scheduled = schedule(4, creates(key));
        scheduled.then().statusCode(202).body("state", equalTo("waiting"));
        String id = scheduled.jsonPath().getString("id");
        assertThat(scheduled.header("Location")).endsWith("/v1/changes/" + id);
        Keys.as("viewer").get("/v1/changes/" + id).then().statusCode(200);
        Keys.as("viewer").get("/v1/flags/" + key).then().statusCode(404);
        await().atMost(Duration.ofSeconds(15)).until(() -> statusOf("/v1/flags/" + key) == 200);
        Keys.as("viewer").get("/v1/changes/" + id).then().statusCode(404);
        Keys.as("viewer")
                .get("/v1/audit?action=scheduled&key=" + key)
                .then()
                .body("records", hasSize(1))
                .body("records[0].entry.requestId", equalTo("scheduled-" + id));
    }

    @Test
    void cancelsAScheduledChange() {
        String id = schedule(600, creates(key)).jsonPath().getString("id");
        Keys.as("operator").delete("/v1/changes/" + id).then().statusCode(400);
        Keys.as("operator").delete("/v1/changes/" + id + "?reason=no").then().statusCode(204);
        Keys.as("operator").delete("/v1/changes/" + id + "?reason=no").then().statusCode(404);
        Keys.as("viewer").get("/v1/changes").then().body("changes.id", not(equalTo(id)));
    }

    @Test
    void showsWhyAScheduledChangeCouldNotBeMade() {
        String id = schedule(4, creates(key)).jsonPath().getString("id");
        change("", creates(key)).then().statusCode(200);
        awaitFailed(id);
        Keys.as("viewer")
                .get("/v1/changes/" + id)
                .then()
                .body("failure", containsString("changes[0]"));
        Keys.as("operator").delete("/v1/changes/" + id + "?reason=seen").then().statusCode(204);
    }

    @Test
    void showsThatAScheduledChangeNoLongerGoesWithOthersAndMakesTheNextOne() {
        String burst = setting("limits.burst.requests", "{'tiers':{'free':25}}");
        String id = schedule(4, burst).jsonPath().getString("id");
        schedule(5, creates(key)).then().statusCode(202);
        change("", setting("limits.hour.requests", "{'tiers':{'free':22}}")).then().statusCode(200);

        await().atMost(Duration.ofSeconds(15)).until(() -> statusOf("/v1/flags/" + key) == 200);
        Keys.as("viewer")
                .get("/v1/changes/" + id)
                .then()
                .body("state", equalTo("failed"))
                .body("failure", containsString("must be at least limits.burst.requests"));

        Keys.as("operator").delete("/v1/changes/" + id + "?reason=seen").then().statusCode(204);
        Keys.as("operator")
                .header("If-Match", "*")
                .delete("/v1/settings/limits.hour.requests?reason=a+test")
                .then()
                .statusCode(200);
    }

    @Test
    void schedulesNothingInThePastAndNothingThatIsWrongNow() {
        long before = revision();
        schedule(-5, creates(key)).then().statusCode(422).body("field", equalTo("at"));
        schedule(600, "{'kind':'flag','key':'k','definition':{}}").then().statusCode(428);
        assertThat(revision()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001-01-01T00:00:00Z", "2999-01-01T00:00:00Z"})
    void refusesATimeInADryRunAsItDoesElse(String at) {
        for (String query : new String[] {"", "?dryRun=true"}) {
            post(query, ",'at':'" + at + "'", creates(key))
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("at"));
        }
    }

    @Test
    void showsInADryRunWhatWouldBeScheduled() {
        long before = revision();
        String at = Instant.now().plusSeconds(600).toString();
        post("?dryRun=true", ",'at':'" + at + "'", creates(key))
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("diff.key", equalTo(List.of(key)));
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void changesClientsTogetherWithOtherThings() {
        Response made = Keys.as("admin").body(CLIENT_TO_CREATE).post("/v1/clients");
        String id = made.jsonPath().getString("client.id");
        String pro = "'client':{'name':'a pro','tier':'pro','roles':['viewer']}";
        String put = "{'kind':'client','key':'" + id + "','ifMatch':'*'," + pro + "}";
        change("", put).then().statusCode(403);

        postAs("admin", "", "", creates(key), put).then().statusCode(200).body("diff", hasSize(2));

        Keys.as("admin")
                .get("/v1/clients/" + id)
                .then()
                .body("tier", equalTo("pro"))
                .body("name", equalTo("a pro"));
        String audited = Keys.as("viewer").get("/v1/audit?limit=1").asString();
        assertThat(audited).contains("a pro").doesNotContain("secretHashes");
        String revoke = "{'kind':'client','key':'" + id + "','action':'revoke'}";
        postAs("admin", "", "", revoke, creates(key + ".b")).then().statusCode(200);
        Keys.as("admin").get("/v1/clients/" + id).then().body("revoked", equalTo(true));
    }

    @Test
    void schedulesChangesOfClients() {
        Response made = Keys.as("admin").body(CLIENT_TO_CREATE).post("/v1/clients");
        String id = made.jsonPath().getString("client.id");
        String put =
                "{'kind':'client','key':'%s','ifMatch':'*','client':{'name':'later','tier':'free','roles':[]}}"
                        .formatted(id);
        Instant at = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.MILLIS);

        postAs("admin", "", ",'at':'" + at + "'", put).then().statusCode(202);

        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        Keys.as("admin")
                                .get("/v1/clients/" + id)
                                .jsonPath()
                                .getString("name")
                                .equals("later"));
    }

    @Test
    void makesNothingThatSomebodyScheduledWhoIsRevokedSince() {
        Response made =
                Keys.as("admin")
                        .body(CLIENT_TO_CREATE.replace("viewer", "operator"))
                        .post("/v1/clients");
        Instant at = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.MILLIS);
        String body = "{'reason':'a test','changes':[%s],'at':'%s'}".formatted(creates(key), at);
        Response scheduled =
                given().contentType(ContentType.JSON)
                        .header("X-API-Key", made.jsonPath().getString("key"))
                        .body(body.replace('\'', '"'))
                        .post("/v1/changes");
        scheduled.then().statusCode(202);
        String id = scheduled.jsonPath().getString("id");
        Keys.as("admin")
                .body("{\"reason\":\"leaked\"}")
                .post("/v1/clients/" + made.jsonPath().getString("client.id") + "/revoke")
                .then()
                .statusCode(200);

        awaitFailed(id);

        Keys.as("viewer")
                .get("/v1/changes/" + id)
                .then()
                .body("failure", containsString("may not make such changes any more"));
        Keys.as("viewer").get("/v1/flags/" + key).then().statusCode(404);
    }

    private static void awaitFailed(String id) {
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        Keys.as("viewer")
                                .get("/v1/changes/" + id)
                                .jsonPath()
                                .getString("state")
                                .equals("failed"));
    }

    private static Response schedule(int seconds, String... changes) {
        assertThat(revision()).as("a service that is warm").isPositive();
        Instant at = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.MILLIS);
        return post("", ",'at':'" + at + "'", changes);
    }

    private static Response change(String query, String... changes) {
        return post(query, "", changes);
    }

    private static Response post(String query, String more, String... changes) {
        return postAs("operator", query, more, changes);
    }

    private static Response postAs(String who, String query, String more, String... changes) {
        String body =
                "{'reason':'a test','changes':[" + String.join(",", changes) + "]" + more + "}";
        return Keys.as(who).body(body.replace('\'', '"')).post("/v1/changes" + query);
    }

    private static String creates(String key) {
        return "{'kind':'flag','key':'%s','ifNoneMatch':'*','definition':%s}".formatted(key, ON);
    }

    private static String quota(int value) {
        return setting(QUOTA, String.valueOf(value));
    }

    private static String setting(String key, String value) {
        return "{'kind':'setting','key':'%s','ifMatch':'*','value':%s}".formatted(key, value);
    }

    private static int statusOf(String path) {
        return Keys.as("viewer").get(path).statusCode();
    }

    private static long revision() {
        return Keys.as("viewer").get("/v1/flags").jsonPath().getLong("revision");
    }
}
