package io.trekpoint.lanes.flag.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules for tests: read, evaluated for the flag {@code f}, compared as JSON. */
final class Rules {
    static final InstantSource NOW = InstantSource.fixed(Instant.ofEpochSecond(1_790_000_000));
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Rules() {}

    /** One line of a table. */
    record Row(String rule, String data, String value) {
        @Override
        public String toString() {
            return rule + " for " + data + " is " + value;
        }
    }

    /** The rows of a table among the test resources: {@code rule | data | value}. */
    static Stream<Row> table(String name) {
        try (InputStream in = Rules.class.getResourceAsStream("/flag/" + name)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, name).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Rules::row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        List<String> cells = List.of(line.split(" \\| ", -1));
        return new Row(cells.get(0), cells.get(1), cells.get(2));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** JSON of a text with single quotes. */
    static JsonNode quoted(String text) {
        return json(text.replace('\'', '"'));
    }

    static EvaluationContext context(String data) {
        return EvaluationContext.of((ObjectNode) json(data)).at(NOW);
    }

    static @Nullable Object evaluate(JsonNode rule, EvaluationContext context) {
        return RuleCompiler.compile(rule, "rule", Evaluators.NONE)
                .rule()
                .evaluate(new Evaluation(context, "f"));
    }

    static JsonNode asJson(@Nullable Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (Values.isList(value)) {
            ArrayNode list = nodes.arrayNode();
            for (int i = 0; value != null && i < Values.size(value); i++) {
                list.add(asJson(Values.at(value, i)));
            }
            return list;
        }
        return switch (value) {
            case null -> nodes.nullNode();
            case Boolean truth -> nodes.booleanNode(truth);
            case Double number -> nodes.numberNode(number);
            case String text -> nodes.textNode(text);
            case JsonNode json -> json;
            case Map<?, ?> map -> {
                ObjectNode object = nodes.objectNode();
                map.forEach((key, part) -> object.set((String) key, asJson(part)));
                yield object;
            }
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    /** The same JSON with every number a double, so that 1 and 1.0 are equal. */
    static JsonNode normal(JsonNode json) {
        return asJson(plain(json));
    }

    private static @Nullable Object plain(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            return Values.of(json);
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(e -> copy.set(e.getKey(), normal(e.getValue())));
        return copy;
    }
}
