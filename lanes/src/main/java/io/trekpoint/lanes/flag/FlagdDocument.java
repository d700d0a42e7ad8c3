package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.flag.rule.InvalidRuleException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole flagd document: {@code {flags, $evaluators?, metadata?}}.
 *
 * @param flags the definitions by key, in their order
 * @param evaluators the shared rules by name
 * @param metadata of the flag set
 */
public record FlagdDocument(
        Map<String, FlagDefinition> flags,
        Map<String, JsonNode> evaluators,
        Map<String, JsonNode> metadata) {
    private static final int MOST_FLAGS = 20_000;
    private static final int MOST_EVALUATORS = 1_000;

    /**
     * Validates a document that refers to no other shared rules than its own.
     *
     * @throws InvalidFlagException for the first rule it breaks
     */
    public static FlagdDocument parse(JsonNode document) {
        return parse(document, Map.of());
    }

    /**
     * Validates a document.
     *
     * @param document {@code flags} is an object; a list of flags with their keys is taken from a
     *     document whose {@code $schema} says that it is one for the flagd daemon
     * @param known shared rules that are there already; those of the document replace them
     * @throws InvalidFlagException for the first rule it breaks
     */
    public static FlagdDocument parse(JsonNode document, Map<String, JsonNode> known) {
        if (!document.isObject()) {
            throw new InvalidFlagException("document", "must be an object");
        }
        Map<String, JsonNode> evaluators = evaluators(document.get("$evaluators"));
        Map<String, JsonNode> all = new LinkedHashMap<>(known);
        all.putAll(evaluators);
        Evaluators compiled = Evaluators.of(all);
        try {
            for (String name : evaluators.keySet()) {
                compiled.check(name, "$evaluators." + name);
            }
        } catch (InvalidRuleException e) {
            throw new InvalidFlagException(e.path(), e.rule());
        }
        Map<String, JsonNode> metadata =
                document.has("metadata")
                        ? FlagSetPart.checkMetadata(document.get("metadata"), "metadata")
                        : Map.of();
        Map<String, FlagDefinition> flags = new LinkedHashMap<>();
        byKey(document).forEach((key, node) -> flags.put(key, flag(key, node, compiled)));
        return new FlagdDocument(flags, evaluators, metadata);
    }

    private static FlagDefinition flag(String key, JsonNode definition, Evaluators compiled) {
        String path = "flags." + key;
        if (!DefinitionParser.isKey(key)) {
            throw new InvalidFlagException(
                    path, "must be called 1 to 200 letters, digits, dots, underscores or hyphens");
        }
        return new DefinitionParser(key, definition, path).parse(compiled);
    }

    private static Map<String, JsonNode> evaluators(@Nullable JsonNode node) {
        Map<String, JsonNode> evaluators = new LinkedHashMap<>();
        if (node == null) {
            return evaluators;
        }
        if (!node.isObject() || node.size() > MOST_EVALUATORS) {
            throw new InvalidFlagException(
                    "$evaluators", "must be an object of at most " + MOST_EVALUATORS + " rules");
        }
        for (Map.Entry<String, JsonNode> rule : node.properties()) {
            String path = "$evaluators." + rule.getKey();
            if (!DefinitionParser.isKey(rule.getKey())) {
                throw new InvalidFlagException(
                        path,
                        "must be called 1 to 200 letters, digits, dots, underscores or hyphens");
            }
            DefinitionParser.refuseEndlessNumbers(path, rule.getValue());
            evaluators.put(rule.getKey(), rule.getValue());
        }
        return evaluators;
    }

    private static Map<String, JsonNode> byKey(JsonNode document) {
        JsonNode flags = document.path("flags");
        boolean daemon = document.path("$schema").asText().endsWith("/flagd.json");
        if (!flags.isObject() && !(flags.isArray() && daemon)) {
            throw new InvalidFlagException("flags", "must be an object");
        }
        if (flags.size() > MOST_FLAGS) {
            throw new InvalidFlagException("flags", "must be at most " + MOST_FLAGS);
        }
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        if (flags.isObject()) {
            flags.properties().forEach(flag -> byKey.put(flag.getKey(), flag.getValue()));
            return byKey;
        }
        for (int i = 0; i < flags.size(); i++) {
            String path = "flags[" + i + "]";
            if (!(flags.get(i) instanceof ObjectNode flag) || !flag.path("key").isTextual()) {
                throw new InvalidFlagException(path + ".key", "must be a text");
            }
            ObjectNode definition = flag.deepCopy();
            definition.remove("key");
            if (byKey.put(flag.get("key").textValue(), definition) != null) {
                throw new InvalidFlagException(path + ".key", "must not be there twice");
            }
        }
        return byKey;
    }
}
