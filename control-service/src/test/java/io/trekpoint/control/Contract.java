package io.trekpoint.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds real answers to the OpenAPI document: each must have a status that the document names for
 * its call, and a body of that status's media type and schema, without a field that it does not
 * name.
 */
final class Contract implements Filter {
    /** For every request of the tests. */
    static final Contract HELD = new Contract();

    /** What any call may end with, and stands under {@code default}. */
    private static final Set<Integer> ANYWHERE = Set.of(400, 404, 405, 406, 500);

    private static final ObjectMapper JSON = new ObjectMapper();
    private @Nullable JsonNode document;

    private Contract() {}

    /** The document, as the service under test publishes it. */
    synchronized JsonNode document() {
        if (document == null) {
            document = json(given().get("/q/openapi?format=json").asString());
        }
        return document;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request,
            FilterableResponseSpecification expected,
            FilterContext context) {
        Response answer = context.next(request, expected);
        String call = request.getMethod() + " " + URI.create(request.getURI()).getRawPath();
        operation(request.getMethod(), URI.create(request.getURI()).getRawPath())
                .ifPresent(operation -> hold(call, operation, answer));
        return answer;
    }

    private void hold(String call, JsonNode operation, Response answer) {
        int status = answer.statusCode();
        JsonNode answers = operation.path("responses");
        JsonNode named = answers.path(String.valueOf(status));
        if (named.isMissingNode()) {
            assertThat(ANYWHERE).as("statuses of %s that are not its own", call).contains(status);
            named = answers.path("default");
        }
        JsonNode content = named.path("content");
        String body = answer.asString();
        if (body.isEmpty()) {
            return;
        }
        String type = answer.contentType().replaceFirst(";.*", "");
        // A problem that any call may end with can share its status with an answer of the call's.
        if (type.equals("application/problem+json") && !content.has(type)) {
            content = answers.path("default").path("content");
        }
        String of = call + " " + status;
        assertThat(content.has(type)).as("media type %s of %s", type, of).isTrue();
        if (type.endsWith("json") && !type.equals("application/x-ndjson")) {
            match(of, content.path(type).path("schema"), json(body));
        }
    }

    private void match(String at, JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            match(at, document().at(schema.path("$ref").asText().substring(1)), value);
            return;
        }
        if (schema.has("anyOf")) {
            assertThat(schema.path("anyOf"))
                    .as("schemas of %s", at)
                    .anySatisfy(each -> match(at, each, value));
            return;
        }
        assertThat(isOf(schema.path("type"), value)).as("%s: %s", at, value).isTrue();
        schema.path("required")
                .forEach(name ->
                        assertThat(value.has(name.asText())).as("%s has %s", at, name).isTrue());
        JsonNode items = schema.path("items");
        if (value.isArray() && items.isObject()) {
            value.forEach(each -> match(at + "[]", items, each));
        }
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        value.properties()
                .forEach(field -> {
                    String there = at + "." + field.getKey();
                    JsonNode own = properties.path(field.getKey());
                    if (!own.isMissingNode()) {
                        match(there, own, field.getValue());
                    } else if (others.isObject()) {
                        match(there, others, field.getValue());
                    } else {
                        assertThat(properties.isMissingNode()).as("names %s", there).isTrue();
                    }
                });
    }

    private static boolean isOf(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(each -> isOf(each, value));
        }
        return switch (type.asText()) {
            case "" -> true;
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> throw new AssertionError("no such type: " + type);
        };
    }

    /** The one whose template has the fewest parameters, as the service chooses. */
    private Optional<JsonNode> operation(String method, String path) {
        return document()
                .path("paths")
                .propertyStream()
                .filter(each -> path.matches(each.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .min(
                        Comparator.comparing(
                                each -> each.getKey().chars().filter(c -> c == '{').count()))
                .map(each -> each.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
