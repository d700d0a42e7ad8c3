package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.flag.FlagTraits.OnUnavailable;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.flag.rule.InvalidRuleException;
import io.trekpoint.lanes.flag.rule.Nesting;
import io.trekpoint.lanes.flag.rule.RuleCompiler;
import io.trekpoint.lanes.flag.rule.RuleSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one definition and names the first rule it breaks. What flagd's JSON Schema allows is
 * allowed, unless it can only be a mistake: a field that the format does not have, a default
 * variant that is none, a rule with two operators.
 */
final class DefinitionParser {
    private static final int LONGEST_KEY = 200;
    private static final int LARGEST_CHARACTERS = 128 * 1024;
    private static final int DEEPEST_VARIANT = 64;
    private static final Set<String> FIELDS =
            Set.of("state", "variants", "defaultVariant", "targeting", "metadata");

    private final String key;
    private final JsonNode root;
    private final String path;

    /**
     * Prepares.
     *
     * @param path where the definition stands, for messages
     */
    DefinitionParser(String key, JsonNode root, String path) {
        this.key = key;
        this.root = root;
        this.path = path;
    }

    /** Whether a flag, or a shared rule, may be called that. */
    static boolean isKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (!isOfKey(key.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfKey(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        boolean digit = c >= '0' && c <= '9';
        return letter || digit || c == '.' || c == '_' || c == '-';
    }

    /** Reads what is to be written. */
    FlagDefinition parse(Evaluators evaluators) {
        if (root.isObject() && root.toString().length() > LARGEST_CHARACTERS) {
            throw new InvalidFlagException(
                    path, "must be at most " + LARGEST_CHARACTERS + " characters of JSON");
        }
        refuseDeepVariants();
        FlagDefinition.Parts parts = parts(true);
        if (parts.rule() != null) {
            checkRule(parts.rule(), evaluators);
        } else if (root.has("targeting") && !root.path("targeting").isObject()) {
            throw new InvalidFlagException(path + ".targeting", "must be an object");
        }
        FlagDefinition definition = new FlagDefinition(parts, evaluators);
        checkOnUnavailable(definition);
        return definition;
    }

    /** Reads what was written, and keeps its values: of its targeting, whatever is there. */
    FlagDefinition read(Evaluators evaluators) {
        return new FlagDefinition(parts(false), evaluators);
    }

    private FlagDefinition.Parts parts(boolean copied) {
        if (!isKey(key)) {
            throw new InvalidFlagException(
                    path.equals(FlagDefinition.PATH) ? "key" : path,
                    "must be 1 to 200 letters, digits, dots, underscores or hyphens");
        }
        if (!(root instanceof ObjectNode source)) {
            throw new InvalidFlagException(path, "must be an object");
        }
        ObjectNode copy = copied ? source.deepCopy() : source;
        refuseUnknownFields(copy);
        refuseEndlessNumbers(path, copy);
        boolean enabled = enabled();
        Map<String, JsonNode> variants = variants(copy);
        FlagType type = typeOf(variants);
        String defaultVariant =
                variantNamed(path + ".defaultVariant", copy.get("defaultVariant"), variants);
        Map<String, JsonNode> metadata = metadata(copy.get("metadata"), path + ".metadata");
        FlagTraits traits = FlagTraits.of(metadata, path + ".metadata");
        variantNamed(
                path + ".metadata." + FlagTraits.KILL_VARIANT,
                metadata.get(FlagTraits.KILL_VARIANT),
                variants);
        JsonNode rule = copy.get("targeting");
        boolean ruled = rule != null && rule.isObject() && !rule.isEmpty();
        return new FlagDefinition.Parts(
                key,
                copy.toString(),
                enabled,
                type,
                variants,
                defaultVariant,
                ruled ? rule : null,
                metadata,
                traits);
    }

    /** Everything else is shallow by its rules, or a targeting, which has a bound of its own. */
    private void refuseDeepVariants() {
        for (Map.Entry<String, JsonNode> variant : root.path("variants").properties()) {
            if (Nesting.exceeds(variant.getValue(), DEEPEST_VARIANT)) {
                throw new InvalidFlagException(
                        path + ".variants." + variant.getKey(),
                        "is nested deeper than " + DEEPEST_VARIANT + " levels");
            }
        }
    }

    private void checkRule(JsonNode rule, Evaluators evaluators) {
        try {
            String at = path + ".targeting";
            RuleSchema.check(rule, at);
            RuleCompiler.compile(rule, at, evaluators);
        } catch (InvalidRuleException e) {
            throw new InvalidFlagException(e.path(), e.rule());
        }
    }

    private void checkOnUnavailable(FlagDefinition definition) {
        OnUnavailable answer = definition.traits().onUnavailable();
        String at = path + ".metadata." + FlagTraits.ON_UNAVAILABLE;
        if (answer == OnUnavailable.ENABLED && definition.type() != FlagType.BOOLEAN) {
            throw new InvalidFlagException(at, "can be ENABLED for a boolean flag only");
        }
        if (answer == OnUnavailable.DISABLED && definition.killAnswer().isEmpty()) {
            throw new InvalidFlagException(
                    at, "can be DISABLED only where trek.killVariant names a variant");
        }
    }

    private void refuseUnknownFields(ObjectNode source) {
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new InvalidFlagException(
                        path + "." + field.getKey(), "is not a field of a flag definition");
            }
        }
    }

    /** JSON has no text for what a double cannot hold: it would be stored as something else. */
    static void refuseEndlessNumbers(String field, JsonNode node) {
        if (!hasEndlessNumber(node)) {
            return;
        }
        if (node.isNumber()) {
            throw new InvalidFlagException(field, "must be a number that a double can hold");
        }
        node.properties()
                .forEach(e -> refuseEndlessNumbers(field + "." + e.getKey(), e.getValue()));
        if (node.isArray()) {
            node.forEach(element -> refuseEndlessNumbers(field, element));
        }
    }

    /** Without the names that a refusal needs: nearly every definition has none. */
    private static boolean hasEndlessNumber(JsonNode node) {
        if (node.isNumber()) {
            return !Double.isFinite(node.doubleValue());
        }
        for (JsonNode child : node) {
            if (hasEndlessNumber(child)) {
                return true;
            }
        }
        return false;
    }

    private boolean enabled() {
        return switch (root.path("state").asText()) {
            case "ENABLED" -> true;
            case "DISABLED" -> false;
            default ->
                    throw new InvalidFlagException(path + ".state", "must be ENABLED or DISABLED");
        };
    }

    private Map<String, JsonNode> variants(ObjectNode source) {
        if (!(source.get("variants") instanceof ObjectNode node) || node.isEmpty()) {
            throw new InvalidFlagException(
                    path + ".variants", "must be an object with at least one variant");
        }
        if (node.has("")) {
            throw new InvalidFlagException(path + ".variants", "must name each variant");
        }
        Map<String, JsonNode> variants = new LinkedHashMap<>();
        node.properties().forEach(e -> variants.put(e.getKey(), e.getValue()));
        return Collections.unmodifiableMap(variants);
    }

    private FlagType typeOf(Map<String, JsonNode> variants) {
        FlagType shared = null;
        for (Map.Entry<String, JsonNode> variant : variants.entrySet()) {
            String field = path + ".variants." + variant.getKey();
            FlagType type =
                    FlagType.of(variant.getValue())
                            .orElseThrow(() ->
                                    new InvalidFlagException(
                                            field, "must be a boolean, string, number or object"));
            if (shared != null && shared != type) {
                throw new InvalidFlagException(
                        field, "must be of the same type as the other variants: " + shared.label());
            }
            shared = type;
        }
        if (shared == null) {
            throw new IllegalStateException("variants were checked not to be empty");
        }
        return shared;
    }

    private static @Nullable String variantNamed(
            String field, @Nullable JsonNode name, Map<String, JsonNode> variants) {
        if (name == null || name.isNull()) {
            return null;
        }
        if (!name.isTextual() || !variants.containsKey(name.textValue())) {
            throw new InvalidFlagException(
                    field, "must name a variant: one of " + String.join(", ", variants.keySet()));
        }
        return name.textValue();
    }

    /** Reads metadata: texts, numbers and booleans by name. */
    static Map<String, JsonNode> metadata(@Nullable JsonNode metadata, String path) {
        if (metadata == null) {
            return Map.of();
        }
        if (!metadata.isObject()) {
            throw new InvalidFlagException(path, "must be an object");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new InvalidFlagException(
                        path + "." + entry.getKey(), "must be a string, a number or a boolean");
            }
            values.put(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableMap(values);
    }
}
