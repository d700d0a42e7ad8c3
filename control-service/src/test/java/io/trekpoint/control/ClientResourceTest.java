package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.trekpoint.lanes.client.ApiKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class ClientResourceTest {
    private static final String WORD = "{\"reason\":\"a test\"}";

    @Test
    void showsANewKeyOnceAndLetsItInAtOnce() {
        Response created = create("reader");
        created.then()
                .statusCode(201)
                .header("Location", endsWith("/v1/clients/" + id(created)))
                .header("Cache-Control", containsString("no-store"))
                .body("client.tier", equalTo("pro"))
                .body("client.secrets", hasSize(1));
        assertThat(reads(key(created))).isEqualTo(200);

        String shown = Keys.as("admin").get("/v1/clients/" + id(created)).asString();
        ApiKey key = ApiKey.parse(key(created)).orElseThrow();
        assertThat(shown)
                .contains(key.secretHash().substring(0, 8))
                .doesNotContain(key.reveal(), key.secretHash());
    }

    @Test
    void keepsSecretsAndTheirHashesOutOfTheAudit() {
        Response created = create("reader");
        Response rotated = rotate(id(created), "");
        String audit = Keys.as("viewer").get("/v1/audit?limit=2").asString();

        for (Response made : new Response[] {created, rotated}) {
            ApiKey key = ApiKey.parse(key(made)).orElseThrow();
            String secret = key.reveal().substring(key.reveal().lastIndexOf('_') + 1);
            assertThat(audit)
                    .contains(key.id(), key.secretHash().substring(0, 8))
                    .doesNotContain(secret, key.secretHash());
        }
    }

    @Test
    void keepsTheOldKeyUntilItIsRetired() {
        Response created = create("reader");
        Response rotated = rotate(id(created), "");
        rotated.then().statusCode(200).body("client.secrets", hasSize(2));
        assertThat(reads(key(created))).isEqualTo(200);
        assertThat(reads(key(rotated))).isEqualTo(200);

        word(id(created), "retire").then().statusCode(200).body("client.secrets", hasSize(1));

        assertThat(reads(key(created))).isEqualTo(401);
        assertThat(reads(key(rotated))).isEqualTo(200);
    }

    @Test
    void endsTheOldKeyAtItsTime() {
        Response created = create("reader");
        Instant soon = Instant.now().plusSeconds(4);
        Response rotated = rotate(id(created), soon.toString());
        rotated.then().statusCode(200).body("client.secrets[1].endsAt", notNullValue());
        assertThat(reads(key(created))).isEqualTo(200);

        await().until(() -> reads(key(created)) == 401);

        assertThat(Instant.now()).isAfterOrEqualTo(soon);
        assertThat(reads(key(rotated))).isEqualTo(200);
    }

    @Test
    void hasTwoLiveKeysAtMost() {
        Response created = create("reader");
        rotate(id(created), "");
        rotate(id(created), "").then().statusCode(409).body("key", nullValue());
    }

    @Test
    void endsNoKeyInThePast() {
        rotate(id(create("reader")), "2020-01-01T00:00:00Z")
                .then()
                .statusCode(422)
                .body("field", equalTo("oldEndsAt"));
    }

    @Test
    void refusesEveryKeyOfARevokedClientForGood() {
        Response created = create("reader");
        Response rotated = rotate(id(created), "");

        Response revoked = word(id(created), "revoke");

        revoked.then().statusCode(200).body("client.revoked", equalTo(true));
        assertThat(reads(key(created))).isEqualTo(401);
        assertThat(reads(key(rotated))).isEqualTo(401);
        rotate(id(created), "").then().statusCode(409);
        int revision = revoked.path("client.revision");
        word(id(created), "revoke")
                .then()
                .statusCode(200)
                .body("client.revision", equalTo(revision));
    }

    @Test
    void changesTierAndRolesButNoKey() {
        Response created = create("reader");
        String body = put("partner", "viewer");
        String tag = created.header("ETag");
        as("?dryRun=true", id(created), tag, body).then().body("dryRun", equalTo(true));
        as("", id(created), tag, body)
                .then()
                .statusCode(200)
                .body("diff.before.tier", equalTo("pro"))
                .body("client.tier", equalTo("partner"))
                .body("client.roles", equalTo(List.of("viewer")));
        as("", id(created), tag, body).then().statusCode(412);
        given().header("X-API-Key", key(created)).get("/v1/flags").then().statusCode(200);
    }

    @Test
    void asksWhatAChangeIsBasedOn() {
        Keys.as("admin")
                .body(put("pro", "viewer"))
                .put("/v1/clients/" + id(create("reader")))
                .then()
                .statusCode(428);
    }

    @Test
    void keepsTheLastAdministrator() {
        String admin =
                Keys.as("admin").get("/v1/clients").path("clients.find { it.name == 'admin' }.id");

        word(admin, "revoke").then().statusCode(409);
        as("", admin, "*", put("pro", "operator")).then().statusCode(409);

        Response another = create("admin");
        word(id(another), "revoke").then().statusCode(200);
        assertThat(Keys.as("admin").get("/v1/clients").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "gold, '\"viewer\"', false, tier",
        "pro, '\"owner\"', false, roles",
        "pro, '\"viewer\"', true, roles"
    })
    void saysWhatIsWrongWithAClient(String tier, String roles, boolean browser, String field) {
        String body =
                "{\"name\":\"x\",\"tier\":\"%s\",\"roles\":[%s],\"browser\":%s,\"reason\":\"r\"}"
                        .formatted(tier, roles, browser);
        Keys.as("admin")
                .body(body)
                .post("/v1/clients")
                .then()
                .statusCode(422)
                .body("field", equalTo(field));
    }

    @Test
    void knowsNobodyElse() {
        Keys.as("admin").get("/v1/clients/nobody").then().statusCode(404);
        word("nobody", "revoke").then().statusCode(404);
        rotate("nobody", "").then().statusCode(404);
    }

    private static Response create(String role) {
        return Keys.as("admin")
                .body(
                        "{\"name\":\"made\",\"tier\":\"pro\",\"roles\":[\"%s\"],\"reason\":\"a test\"}"
                                .formatted(role))
                .post("/v1/clients");
    }

    private static Response rotate(String id, String oldEndsAt) {
        String ends = oldEndsAt.isEmpty() ? "" : "\"oldEndsAt\":\"" + oldEndsAt + "\",";
        return Keys.as("admin")
                .body("{" + ends + "\"reason\":\"a test\"}")
                .post("/v1/clients/" + id + "/rotate");
    }

    private static Response word(String id, String action) {
        return Keys.as("admin").body(WORD).post("/v1/clients/" + id + "/" + action);
    }

    private static Response as(String query, String id, String ifMatch, String body) {
        return Keys.as("admin")
                .header("If-Match", ifMatch)
                .body(body)
                .put("/v1/clients/" + id + query);
    }

    private static String put(String tier, String role) {
        return "{\"name\":\"made\",\"tier\":\"%s\",\"roles\":[\"%s\"],\"reason\":\"a test\"}"
                .formatted(tier, role);
    }

    private static String id(Response made) {
        return made.path("client.id");
    }

    private static String key(Response made) {
        return made.path("key");
    }

    private static int reads(String key) {
        return given().header("X-API-Key", key).get("/v1/state").statusCode();
    }
}
