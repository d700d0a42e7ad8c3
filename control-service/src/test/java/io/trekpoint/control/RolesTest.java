package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.lanes.client.ApiKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class RolesTest {
    @ParameterizedTest(name = "{0} {1}: none {2}, reader {3}, viewer {4}, operator {5}, admin {6}")
    @CsvSource({
        "GET,  /v1/state,                             403, 200, 200, 200, 200",
        "GET,  /v1/flags,                             403, 403, 200, 200, 200",
        "GET,  /v1/flags/gpx.export,                  403, 403, 200, 200, 200",
        "PUT,  /v1/flags/gpx.export,                  403, 403, 403, 400, 400",
        "POST, /v1/flags/gpx.export/kill,             403, 403, 403, 400, 400",
        "POST, /v1/flags/gpx.export/restore,          403, 403, 403, 400, 400",
        "GET,  /v1/settings,                          403, 403, 200, 200, 200",
        "GET,  /v1/settings/gpx.export.monthly-quota, 403, 403, 200, 200, 200",
        "PUT,  /v1/settings/gpx.export.monthly-quota, 403, 403, 403, 400, 400",
        "GET,  /v1/audit,                             403, 403, 200, 200, 200",
        "GET,  /v1/flags/gpx.export/evaluations,      403, 403, 200, 200, 200",
        "GET,  /v1/stale-flags,                       403, 403, 200, 200, 200",
        "POST, /ofrep/v1/evaluate/flags/gpx.export,   403, 200, 200, 200, 200",
        "POST, /ofrep/v1/evaluate/flags,              403, 200, 200, 200, 200",
    })
    void letsInEachRoleWhereItBelongs(
            String method,
            String path,
            int plain,
            int reader,
            int viewer,
            int operator,
            int admin) {
        calls("plain", method, path, plain);
        calls("reader", method, path, reader);
        calls("viewer", method, path, viewer);
        calls("operator", method, path, operator);
        calls("admin", method, path, admin);
        given().contentType("application/json")
                .body("{}")
                .request(method, path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue());
    }

    @Test
    void tellsAMistypedKeyFromAnUnknownOne() {
        given().header("X-API-Key", "trek_dev_abc")
                .get("/v1/flags")
                .then()
                .statusCode(401)
                .body("detail", containsString("mistyped"));
        String unknown = ApiKey.generate("dev", new SecureRandom()).reveal();
        given().header("X-API-Key", unknown)
                .get("/v1/flags")
                .then()
                .statusCode(401)
                .body("detail", containsString("not known"));
    }

    private static void calls(String name, String method, String path, int status) {
        var request = Keys.as(name);
        if (!method.equals("GET")) {
            request.body("{}");
        }
        var answer = request.request(method, path).then().statusCode(status);
        if (status == 403) {
            answer.body("type", equalTo("urn:trekpoint:problem:forbidden"));
        }
    }
}
