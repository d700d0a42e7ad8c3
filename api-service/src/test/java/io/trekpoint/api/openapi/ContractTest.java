package io.trekpoint.api.openapi;

import static io.restassured.RestAssured.given;
import static io.trekpoint.api.gateway.KnownClients.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.client.ApiKey;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What the gateway publishes of itself. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class ContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject KnownClients clients;

    @Test
    void asksForAKeyAtEveryEndpoint() throws Exception {
        List<String> asked = new ArrayList<>();
        endpoints((method, path) -> {
            asked.add(method + " " + path);
            refused(method, filled(path), "trek_dev_abc");
            refused(method, filled(path), "");
        });
        assertThat(asked)
                .contains(
                        "GET /v1/me",
                        "GET /v1/jobs",
                        "POST /v1/jobs/stats",
                        "GET /v1/jobs/{id}",
                        "DELETE /v1/jobs/{id}",
                        "GET /v1/jobs/{id}/events",
                        "GET /v1/jobs/{id}/result");
    }

    @Test
    void asksTheLimitsOfTheCallerAtEveryEndpoint() throws Exception {
        ApiKey caller = clients.newcomer();
        endpoints((method, path) ->
                assertThat(
                                as(caller)
                                        .contentType("application/gpx+xml")
                                        .request(method, filled(path))
                                        .header("RateLimit"))
                        .as("%s %s", method, path)
                        .isNotNull());
    }

    @Test
    void describesEveryParameterThatAListTakes() throws Exception {
        Set<String> described = new TreeSet<>();
        contract()
                .at("/paths/~1v1~1jobs/get/parameters")
                .forEach(parameter -> described.add(parameter.path("name").asText()));
        assertThat(described).containsExactly("cursor", "limit", "state", "type");
    }

    @Test
    void describesNotBeforeForEveryType() throws Exception {
        contract()
                .path("paths")
                .properties()
                .forEach(path -> {
                    JsonNode post = path.getValue().path("post");
                    if (!post.isMissingNode()) {
                        assertThat(post.path("parameters").findValuesAsText("name"))
                                .as(path.getKey())
                                .contains("notBefore", "Idempotency-Key", "Prefer");
                    }
                });
    }

    @Test
    void showsExamplesThatHaveTheFieldsOfTheirSchemas() throws Exception {
        int examples = 0;
        JsonNode contract = contract();
        for (JsonNode content : contract.findValues("application/json")) {
            JsonNode schema = schema(contract, content);
            boolean free = schema.path("properties").isMissingNode();
            for (JsonNode example : content.path("examples")) {
                JsonNode value = example.path("value");
                JsonNode shown = value.isTextual() ? JSON.readTree(value.asText()) : value;
                if (!free) {
                    assertThat(names(schema.path("properties")))
                            .as("%s", shown)
                            .containsAll(names(shown));
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThanOrEqualTo(5);
    }

    @Test
    void saysOfEveryCallWhoMayMakeItAndWhichProblemsMayCome() throws Exception {
        JsonNode contract = contract();
        contract.path("paths")
                .properties()
                .forEach(path -> {
                    for (JsonNode operation : path.getValue()) {
                        JsonNode answers = operation.path("responses");
                        boolean open = path.getKey().equals("/status");
                        assertThat(operation.path("security").isMissingNode())
                                .as(path.getKey())
                                .isEqualTo(!open);
                        assertThat(names(answers))
                                .as(path.getKey())
                                .contains("414", "431", "default");
                        if (!open) {
                            assertThat(names(answers))
                                    .as(path.getKey())
                                    .contains("401", "429", "503");
                            assertThat(names(answers.at("/503/headers")))
                                    .as(path.getKey())
                                    .contains("Retry-After", "X-Request-Id");
                        }
                    }
                });
        assertThat(contract.path("security").findValuesAsText("apiKey")).hasSize(1);
        assertThat(contract.path("openapi").asText()).startsWith("3.1");
    }

    /** A client made from the contract could not send a form otherwise. */
    @Test
    void asksForNothingInTheQueryThatAFormMayHave() throws Exception {
        for (String type : List.of("convert", "export", "edit")) {
            JsonNode parameters = contract().at("/paths/~1v1~1jobs~1" + type + "/post/parameters");
            assertThat(parameters).isNotEmpty();
            for (JsonNode parameter : parameters) {
                assertThat(parameter.path("required").asBoolean()).as("%s", parameter).isFalse();
            }
            assertThat(parameters.findValuesAsText("description"))
                    .as(type)
                    .anyMatch(about -> about.contains("must be given"));
        }
    }

    @Test
    void saysThatPartsHaveTheMediaTypeOfTheWhole() throws Exception {
        JsonNode answers = contract().at("/paths/~1v1~1jobs~1{id}~1result/get/responses");
        assertThat(names(answers.at("/200/content"))).contains("text/csv", "application/json");
        assertThat(names(answers.at("/206/content"))).containsExactly("*/*");
    }

    @Test
    void describesTheHeadersOfWhatCountsAgainstNoLimit() throws Exception {
        assertThat(names(contract().at("/paths/~1v1~1me/get/responses/200/headers")))
                .contains("RateLimit", "RateLimit-Policy", "Trek-Limits", "Cache-Control", "Date");
    }

    @Test
    void hasAPreconditionOfEveryCallThatJudgesOne() throws Exception {
        JsonNode job = contract().at("/paths/~1v1~1jobs~1{id}");
        for (String method : List.of("get", "delete")) {
            assertThat(names(job.path(method).path("responses"))).contains("412");
            assertThat(job.path(method).path("parameters").findValuesAsText("name"))
                    .contains("If-Match");
        }
    }

    @Test
    void tellsAReplayedAnswerFromAFirstOne() throws Exception {
        assertThat(names(contract().at("/paths/~1v1~1jobs~1stats/post/responses/202/headers")))
                .contains("Idempotency-Replayed", "Location", "RateLimit", "RateLimit-Policy");
    }

    @Test
    void namesTheTypesOfProblems() throws Exception {
        String types =
                contract().at("/components/schemas/Problem/properties/type/description").asText();
        assertThat(types).contains("job-not-found", "too-many-waits", "quota-exceeded");
    }

    private static JsonNode schema(JsonNode contract, JsonNode content) {
        String reference = content.at("/schema/$ref").asText();
        return reference.isEmpty()
                ? content.path("schema")
                : contract.at(reference.replaceFirst("^#", ""));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> operations(JsonNode path) {
        return names(path).stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .filter(Set.of("GET", "POST", "PUT", "DELETE")::contains)
                .toList();
    }

    /** Every method of every path that callers need a key for. */
    private static void endpoints(BiConsumer<String, String> each) throws JsonProcessingException {
        contract()
                .path("paths")
                .properties()
                .forEach(path -> {
                    if (path.getKey().startsWith("/v1/")) {
                        operations(path.getValue())
                                .forEach(method -> each.accept(method, path.getKey()));
                    }
                });
    }

    private static String filled(String path) {
        return path.replaceAll("\\{\\w+}", "nothing");
    }

    private static void refused(String method, String path, String key) {
        var request = given().contentType("application/gpx+xml");
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        request.request(method, path)
                .then()
                .statusCode(401)
                .body("type", equalTo("urn:trekpoint:problem:unauthenticated"));
    }

    private static JsonNode contract() throws JsonProcessingException {
        return JSON.readTree(given().get("/q/openapi?format=json").asString());
    }
}
