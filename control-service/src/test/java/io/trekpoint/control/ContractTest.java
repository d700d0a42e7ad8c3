package io.trekpoint.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the published document says; that answers are as it says is held by {@link Contract}. */
@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class ContractTest {
    @Test
    void refersToNothingThatIsNotThere() {
        JsonNode document = Contract.HELD.document();
        List<JsonNode> references = document.findValues("$ref");

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(document.at(reference.asText().substring(1)).isObject())
                                .as("%s", reference)
                                .isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "post   | /v1/clients                     | 201,400,401,403,413,415,422,503",
                "post   | /v1/init                        | 201,400,401,403,409,413,415,422,503",
                "put    | /v1/flags/{key}                 | 200,400,401,403,412,413,415,422,428,503",
                "get    | /v1/state                       | 200,304,400,401,403,404,503",
                "post   | /v1/dead-letters/{id}/retry     | 202,400,401,403,404,409,413,415,503",
                "post   | /v1/dead-letters/{id}/discard   | 202,400,401,403,404,413,415,503",
                "post   | /ofrep/v1/evaluate/flags/{key}  | 200,400,401,403,404,413,429",
                "post   | /ofrep/v1/evaluate/flags        | 200,304,400,401,403,413,429",
                "get    | /status                         | 200",
            })
    void namesTheStatusesOfACall(String method, String path, String statuses) {
        JsonNode answers =
                Contract.HELD.document().path("paths").path(path).path(method).path("responses");

        assertThat(answers.propertyStream().map(each -> each.getKey()).toList())
                .containsExactlyInAnyOrder((statuses + ",default").split(","));
    }

    @Test
    void saysWhoMayCall() {
        JsonNode document = Contract.HELD.document();

        assertThat(document.path("security")).hasToString("[{\"apiKey\":[]},{\"bearer\":[]}]");
        assertThat(document.at("/components/securitySchemes/apiKey/name").asText())
                .isEqualTo("X-API-Key");
        assertThat(document.at("/paths/~1status/get/security")).hasToString("[]");
        assertThat(document.at("/paths/~1v1~1init/post/security"))
                .hasToString("[{\"initToken\":[]}]");
    }

    @Test
    void saysOfEveryRefusalThatPassesWhenToComeBack() {
        eachAnswer((status, answer) -> {
            if (status.equals("429") || status.equals("503")) {
                assertThat(answer.path("headers").has("Retry-After")).isTrue();
            }
        });
    }

    @Test
    void showsEveryRefusalAsAProblem() {
        eachAnswer((status, answer) -> {
            if (!status.startsWith("2") && !status.equals("304")) {
                assertThat(answer.toString())
                        .containsAnyOf(
                                "{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}",
                                "#/components/schemas/OfrepFailure");
            }
        });
    }

    private static void eachAnswer(BiConsumer<String, JsonNode> check) {
        for (JsonNode path : Contract.HELD.document().path("paths")) {
            for (JsonNode operation : path) {
                operation
                        .path("responses")
                        .properties()
                        .forEach(each -> check.accept(each.getKey(), each.getValue()));
            }
        }
    }
}
