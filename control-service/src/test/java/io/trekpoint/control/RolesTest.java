package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.SpecificationQuerier;
import io.trekpoint.lanes.client.ApiKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class RolesTest {
    /** Every endpoint with the least role that may call it; open asks for no key. */
    private static final String ENDPOINTS =
            """
            GET    /ofrep/v1/events                  reader
            POST   /ofrep/v1/evaluate/flags          reader
            POST   /ofrep/v1/evaluate/flags/{key}    reader
            GET    /status                           open
            GET    /v1/audit                         viewer
            GET    /v1/audit/export                  viewer
            GET    /v1/audit/verify                  viewer
            GET    /v1/blast-radius                  viewer
            GET    /v1/changes                       viewer
            POST   /v1/changes                       operator
            GET    /v1/changes/{id}                  viewer
            DELETE /v1/changes/{id}                  operator
            GET    /v1/clients                       admin
            POST   /v1/clients                       admin
            GET    /v1/clients/{id}                  admin
            PUT    /v1/clients/{id}                  admin
            POST   /v1/clients/{id}/retire           admin
            POST   /v1/clients/{id}/revoke           admin
            POST   /v1/clients/{id}/rotate           admin
            GET    /v1/dead-letters                  viewer
            GET    /v1/dead-letters/{id}             viewer
            POST   /v1/dead-letters/{id}/discard     operator
            POST   /v1/dead-letters/{id}/retry       operator
            GET    /v1/flags                         viewer
            GET    /v1/flags/{key}                   viewer
            PUT    /v1/flags/{key}                   operator
            DELETE /v1/flags/{key}                   operator
            GET    /v1/flags/{key}/evaluations       viewer
            GET    /v1/flags/{key}/history           viewer
            POST   /v1/flags/{key}/kill              operator
            POST   /v1/flags/{key}/restore           operator
            POST   /v1/flags/{key}/rollback          operator
            POST   /v1/init                          open
            GET    /v1/queues                        viewer
            POST   /v1/queues/{name}/pause           operator
            POST   /v1/queues/{name}/resume          operator
            GET    /v1/settings                      viewer
            GET    /v1/settings/{key}                viewer
            PUT    /v1/settings/{key}                operator
            DELETE /v1/settings/{key}                operator
            GET    /v1/settings/{key}/history        viewer
            POST   /v1/settings/{key}/restore        operator
            POST   /v1/settings/{key}/rollback       operator
            GET    /v1/stale-flags                   viewer
            GET    /v1/state                         reader
            GET    /v1/state/export                  operator
            POST   /v1/state/import                  operator
            POST   /v1/state/restore                 admin
            GET    /v1/status                        viewer
            """;

    /** From the least to the greatest; plain has none. */
    private static final List<String> ROLES =
            List.of("plain", "reader", "viewer", "operator", "admin");

    @TestHTTPResource private URI service;

    record Endpoint(String method, String path, String leastRole) {
        static Endpoint of(String line) {
            String[] words = line.strip().split(" +");
            return new Endpoint(words[0], words[1], words[2]);
        }

        String name() {
            return method + " " + path;
        }
    }

    static Stream<Endpoint> endpoints() {
        return ENDPOINTS.lines().map(Endpoint::of);
    }

    static Stream<Endpoint> guarded() {
        return endpoints().filter(endpoint -> !endpoint.leastRole().equals("open"));
    }

    @Test
    void hasARowForEveryEndpointThatIsPublished() {
        Map<String, Map<String, Object>> paths =
                given().get("/q/openapi?format=json").jsonPath().getMap("paths");
        Set<String> published = new TreeSet<>();
        paths.forEach((path, methods) ->
                methods.keySet().stream()
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path)
                        .forEach(published::add));

        assertThat(endpoints().map(Endpoint::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void letsInWhoHasTheRoleAndNobodyElse(Endpoint endpoint) throws Exception {
        for (String role : ROLES) {
            int status = call(endpoint, key(role));
            if (ROLES.indexOf(role) < ROLES.indexOf(endpoint.leastRole())) {
                assertThat(status).as(role).isEqualTo(403);
            } else {
                assertThat(status).as(role).isNotIn(401, 403).isLessThan(500);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void asksForAKey(Endpoint endpoint) throws Exception {
        assertThat(call(endpoint, "")).isEqualTo(401);
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

    /** An empty object is a valid write of nothing here, so that nobody's call changes a thing. */
    private int call(Endpoint endpoint, String key) throws IOException, InterruptedException {
        String path = endpoint.path().replace("{id}", "nobody").replaceAll("\\{\\w+}", "nothing");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(
                                endpoint.method(),
                                endpoint.method().equals("GET")
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString("{}"));
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        // A stream has no end: its beginning is enough, and ends the connection with it.
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer =
                    http.send(request.build(), BodyHandlers.ofInputStream());
            answer.body().close();
            http.shutdownNow();
            return answer.statusCode();
        }
    }

    private static String key(String role) {
        return SpecificationQuerier.query(Keys.as(role)).getHeaders().getValue("X-API-Key");
    }
}
