package io.trekpoint.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class ImportTest {
    private static final String ON =
            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'on'}";

    private final String key = "test." + UUID.randomUUID();

    @Test
    void bringsAPlainFlagdDocumentInAsOneRevision() {
        long before = revision();
        Response brought = bringIn("operator", "merge", flagd(key, key + ".b"));
        brought.then()
                .statusCode(200)
                .body("revision", equalTo((int) before + 1))
                .body("diff.key", contains(key, key + ".b"))
                .body("diff.change", contains("added", "added"));
        bringIn("operator", "merge", flagd(key, key + ".b"))
                .then()
                .body("diff", empty())
                .body("revision", equalTo((int) before + 1));
    }

    @Test
    void keepsAKilledFlagKilledWhereTheDocumentCannotSay() {
        bringIn("operator", "merge", flagd(key));
        Keys.as("operator").body("{\"reason\":\"a\"}").post("/v1/flags/" + key + "/kill");
        bringIn("operator", "merge", flagd(key).replace("'on'}}", "'off'}}"))
                .then()
                .body("diff", hasSize(1));
        Keys.as("viewer").get("/v1/flags/" + key).then().body("killed", equalTo(true));
    }

    @Test
    void bringsSharedRulesInWithTheFlagsThatReferToThem() {
        String rule = "'" + key + "':{'==':[{'var':'tier'},'pro']}";
        String flag =
                "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off',"
                        + "'targeting':{'if':[{'$ref':'%s'},'on','off']}}".formatted(key);
        String document = "{'flags':{'%s':%s},'$evaluators':{%s}}".formatted(key, flag, rule);
        bringIn("operator", "merge", document)
                .then()
                .statusCode(200)
                .body("diff.key", contains("$evaluators/" + key, key));
        bringIn("operator", "merge", document).then().body("diff", empty());
        bringIn("operator", "merge", "{'flags':{'%s':%s}}".formatted(key, flag))
                .then()
                .statusCode(200);
        bringIn("operator", "merge", document.replace("'$ref':'", "'$ref':'no"))
                .then()
                .statusCode(422);
        Response export = Keys.as("operator").get("/v1/state/export");
        bringIn("operator", "replace", export.asString()).then().body("diff", empty());
    }

    @Test
    void refusesSharedRulesThatAFlagOfTheStateCannotGoWith() {
        String shallow = "{'==':[{'var':'tier'},'pro']}";
        String flag =
                "{'state':'ENABLED','variants':{'true':true,'false':false},'defaultVariant':'false',"
                        + "'targeting':%s}".formatted(nested(50, "{'$ref':'%s'}".formatted(key)));
        bringIn(
                        "operator",
                        "merge",
                        "{'flags':{'%s':%s},'$evaluators':{'%s':%s}}"
                                .formatted(key, flag, key, shallow))
                .then()
                .statusCode(200);
        long before = revision();

        bringIn(
                        "operator",
                        "merge",
                        "{'flags':{},'$evaluators':{'%s':%s}}".formatted(key, nested(60, shallow)))
                .then()
                .statusCode(422)
                .body("field", startsWith("flags." + key));

        assertThat(revision()).isEqualTo(before);
    }

    private static String nested(int levels, String rule) {
        return "{'!':[".repeat(levels) + rule + "]}".repeat(levels);
    }

    @Test
    void bringsItsOwnExportBack() {
        bringIn("operator", "merge", flagd(key)).then().statusCode(200);
        Response export = Keys.as("operator").get("/v1/state/export");
        export.then().statusCode(200).body("clients.size()", greaterThanOrEqualTo(5));
        assertThat(export.asString()).doesNotContain("secretHashes");
        bringIn("operator", "replace", export.asString())
                .then()
                .statusCode(200)
                .body("diff", empty());
        String another = flagd(key + ".later");
        bringIn("operator", "merge", another).then().statusCode(200);
        Keys.as("operator")
                .body(export.asString())
                .post("/v1/state/import?mode=replace&dryRun=true")
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("diff.key", hasItem(key + ".later"))
                .body("diff.change", hasItem("removed"));
        Keys.as("viewer").get("/v1/flags/" + key + ".later").then().statusCode(200);
    }

    @Test
    void givesHashesOfSecretsToAdminsAlone() {
        Keys.as("operator").get("/v1/state/export?secrets=true").then().statusCode(403);
        Response export = Keys.as("admin").get("/v1/state/export?secrets=true");
        assertThat(export.asString()).contains("secretHashes");
        bringIn("operator", "merge", export.asString()).then().statusCode(403);
        Response brought = bringIn("admin", "merge", export.asString());
        brought.then().statusCode(200).body("diff", empty());
    }

    @Test
    void leavesWhoIsRevokedRevoked() {
        Response made =
                Keys.as("admin")
                        .body(
                                "{\"name\":\"leaked\",\"tier\":\"free\",\"roles\":[],\"reason\":\"a\"}")
                        .post("/v1/clients");
        String id = made.jsonPath().getString("client.id");
        Response before = Keys.as("admin").get("/v1/state/export?secrets=true");
        Keys.as("admin")
                .body("{\"reason\":\"leaked\"}")
                .post("/v1/clients/" + id + "/revoke")
                .then()
                .statusCode(200);

        bringIn("admin", "merge", before.asString()).then().statusCode(200).body("diff", empty());

        Keys.as("admin").get("/v1/clients/" + id).then().body("revoked", equalTo(true));
    }

    @Test
    void leavesSharedRulesToImports() {
        String rule = "'%s':{'==':[{'var':'tier'},'pro']}".formatted(key);
        bringIn("operator", "merge", "{'flags':{},'$evaluators':{%s}}".formatted(rule))
                .then()
                .statusCode(200);
        String path = "/v1/flags/%24evaluators%2F" + key;
        Keys.as("operator")
                .urlEncodingEnabled(false)
                .header("If-Match", "*")
                .delete(path + "?reason=tidy")
                .then()
                .statusCode(404)
                .body("detail", containsString("import"));
        Keys.as("operator")
                .urlEncodingEnabled(false)
                .body("{\"reason\":\"a\"}")
                .post(path + "/kill")
                .then()
                .statusCode(404);
    }

    @Test
    void dropsNothingThatIsInUse() {
        Keys.as("operator").body("{\"reason\":\"a\"}").post("/v1/flags/gpx.privacy/kill");
        long before = revision();
        bringIn("operator", "replace", flagd(key))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:trekpoint:problem:in-use"));
        assertThat(revision()).isEqualTo(before);
        Keys.as("operator").body("{\"reason\":\"a\"}").post("/v1/flags/gpx.privacy/restore");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|422|flags",
                "{}|422|flags",
                "{'flags':{'a/b':%s}}|422|flags.a/b",
                "{'flags':{'a':{'state':'ON'}}}|422|flags.a.state",
                "{'flags':{},'more':1}|422|more",
                "{'epoch':'e','flags':{},'settings':{'x':{'value':1}}}|422|settings.x",
                "{'epoch':'e','flags':{},'settings':{'gpx.max-points':{'value':0}}}|422|settings.gpx.max-points.value",
                "{'flags':{},'metadata':{'trek.revision':999}}|422|metadata.trek.revision",
                "{'flags':{},'metadata':{'n':1e400}}|422|metadata.n",
                "{'epoch':'e','flags':{'$metadata':{'value':{'trek.x':1}}}}|422|metadata.trek.x",
            })
    void namesWhatIsWrongWithADocument(String document, int status, String field) {
        long before = revision();
        bringIn("operator", "merge", document.replace("%s", ON))
                .then()
                .statusCode(status)
                .body("field", equalTo(field));
        assertThat(revision()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'epoch':'e','format':'trekpoint.control-state/99','flags':{}}|format",
                "{'epoch':'e','format':1,'flags':{}}|format",
                "{'epoch':'e','flags':{},'bogus':1}|bogus",
                "{'epoch':'e','flags':[{'key':'f1'}]}|flags",
                "{'epoch':'e','flags':{},'settings':'oops'}|settings",
                "{'epoch':'e','flags':{},'settings':null}|settings",
                "{'epoch':'e','flags':{},'settings':{},'clients':[]}|clients",
                "{'epoch':'e','flags':{'a':null}}|flags.a",
                "{'epoch':'e','flags':{'a':{'definition':%s,'killed':'yes'}}}|flags.a.killed",
                "{'epoch':'e','flags':{'a':{'definition':%s,'deleted':1}}}|flags.a.deleted",
                "{'epoch':'e','flags':{},'settings':{'gpx.max-points':7}}|settings.gpx.max-points",
                "{'epoch':'e','flags':{},'clients':{'c':{'revoked':'yes'}}}|clients.c.revoked",
            })
    void deletesNothingForAnExportThatIsMalformed(String document, String field) {
        long before = revision();
        bringIn("operator", "replace", document.replace("%s", ON))
                .then()
                .statusCode(422)
                .body("field", equalTo(field));
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void refusesASharedRuleThatNoServiceWouldRead() {
        String ids =
                IntStream.range(0, 20_000)
                        .mapToObj("'client-%09d'"::formatted)
                        .collect(Collectors.joining(","));
        String document =
                "{'flags':{},'$evaluators':{'%s':{'in':[{'var':'targetingKey'},[%s]]}}}"
                        .formatted(key, ids);
        long before = revision();
        for (String query : List.of("reason=a", "dryRun=true")) {
            Keys.as("operator")
                    .body(document.replace('\'', '"'))
                    .post("/v1/state/import?" + query)
                    .then()
                    .statusCode(413)
                    .body("field", equalTo("flag $evaluators/" + key))
                    .body("rule", startsWith("must be at most 258048 bytes"));
        }
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void refusesASharedRuleWithAValueThatIsTooDeep() {
        String deep = "[".repeat(300) + "{'a':1,'b':2}" + "]".repeat(300);
        bringIn(
                        "operator",
                        "merge",
                        "{'flags':{},'$evaluators':{'r':{'in':[1,[{'a':%s,'b':1}]]}}}"
                                .formatted(deep))
                .then()
                .statusCode(422)
                .body("field", equalTo("$evaluators.r"))
                .body("rule", equalTo("is nested deeper than 200 levels"));
    }

    @Test
    void refusesAnotherModeNoReasonAndAHugeDocument() {
        bringIn("operator", "sideways", flagd(key))
                .then()
                .statusCode(400)
                .body("field", equalTo("mode"));
        Keys.as("operator")
                .body(flagd(key).replace('\'', '"'))
                .post("/v1/state/import")
                .then()
                .statusCode(400)
                .body("field", equalTo("reason"));
        String huge = "{\"flags\":{},\"metadata\":{\"x\":\"" + "x".repeat(9 << 20) + "\"}}";
        Keys.as("operator").body(huge).post("/v1/state/import?reason=a").then().statusCode(413);
    }

    private static Response bringIn(String role, String mode, String document) {
        return Keys.as(role)
                .body(document.startsWith("{\"") ? document : document.replace('\'', '"'))
                .post("/v1/state/import?reason=a test&mode=" + mode);
    }

    private static String flagd(String... keys) {
        return Stream.of(keys)
                .map(each -> "'" + each + "':" + ON)
                .collect(Collectors.joining(",", "{'flags':{", "}}"));
    }

    private static long revision() {
        return Keys.as("viewer").get("/v1/flags").jsonPath().getLong("revision");
    }
}
