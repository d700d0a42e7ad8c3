package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one definition and names the first rule it breaks. */
final class DefinitionParser {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final String KILL_VARIANT = "trek.killVariant";
    private static final Set<String> FIELDS =
            Set.of("state", "variants", "defaultVariant", "targeting", "metadata");

    private final String key;
    private final JsonNode root;

    DefinitionParser(String key, JsonNode root) {
        this.key = key;
        this.root = root;
    }

    FlagDefinition parse() {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidFlagException(
                    "key", "must be 1 to 200 letters, digits, dots, underscores or hyphens");
        }
        if (!(root instanceof ObjectNode source)) {
            throw new InvalidFlagException("definition", "must be an object");
        }
        refuseUnknownFields(source);
        refuseEndlessNumbers("definition", source);
        boolean enabled = enabled();
        Map<String, JsonNode> variants = variants();
        FlagType type = typeOf(variants);
        refuseTargeting();
        String defaultVariant =
                variantNamed("definition.defaultVariant", root.get("defaultVariant"), variants);
        checkMetadata();
        String killVariant =
                variantNamed(
                        "definition.metadata." + KILL_VARIANT,
                        root.path("metadata").get(KILL_VARIANT),
                        variants);
        return new FlagDefinition(
                key, source, enabled, type, variants, defaultVariant, killVariant);
    }

    private static void refuseUnknownFields(ObjectNode source) {
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new InvalidFlagException(
                        "definition." + field.getKey(), "is not a field of a flag definition");
            }
        }
    }

    /** JSON has no text for what a double cannot hold: it would be stored as something else. */
    private static void refuseEndlessNumbers(String field, JsonNode node) {
        if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            throw new InvalidFlagException(field, "must be a number that a double can hold");
        }
        node.properties()
                .forEach(e -> refuseEndlessNumbers(field + "." + e.getKey(), e.getValue()));
        if (node.isArray()) {
            node.forEach(element -> refuseEndlessNumbers(field, element));
        }
    }

    private boolean enabled() {
        return switch (root.path("state").asText()) {
            case "ENABLED" -> true;
            case "DISABLED" -> false;
            default ->
                    throw new InvalidFlagException(
                            "definition.state", "must be ENABLED or DISABLED");
        };
    }

    private Map<String, JsonNode> variants() {
        if (!(root.get("variants") instanceof ObjectNode node) || node.isEmpty()) {
            throw new InvalidFlagException(
                    "definition.variants", "must be an object with at least one variant");
        }
        Map<String, JsonNode> variants = new LinkedHashMap<>();
        node.properties().forEach(e -> variants.put(e.getKey(), e.getValue().deepCopy()));
        return variants;
    }

    private static FlagType typeOf(Map<String, JsonNode> variants) {
        FlagType shared = null;
        for (Map.Entry<String, JsonNode> variant : variants.entrySet()) {
            String field = "definition.variants." + variant.getKey();
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

    private void refuseTargeting() {
        JsonNode targeting = root.get("targeting");
        if (targeting != null && !(targeting.isObject() && targeting.isEmpty())) {
            throw new InvalidFlagException(
                    "definition.targeting", "must be absent or empty: rules are not evaluated yet");
        }
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

    private void checkMetadata() {
        JsonNode metadata = root.get("metadata");
        if (metadata == null) {
            return;
        }
        if (!metadata.isObject()) {
            throw new InvalidFlagException("definition.metadata", "must be an object");
        }
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new InvalidFlagException(
                        "definition.metadata." + entry.getKey(),
                        "must be a string, a number or a boolean");
            }
        }
    }
}
