package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A valid flag definition in the flagd format: {@code {state, variants, defaultVariant?,
 * metadata?}}. Immutable.
 */
public final class FlagDefinition {
    private static final FlagAnswer KILLED_WITHOUT_VARIANT =
            new FlagAnswer(BooleanNode.FALSE, null, FlagAnswer.Reason.DISABLED);

    private final String key;
    private final ObjectNode source;
    private final boolean enabled;
    private final FlagType type;
    private final Map<String, JsonNode> variants;
    private final @Nullable String defaultVariant;
    private final @Nullable String killVariant;

    FlagDefinition(
            String key,
            ObjectNode source,
            boolean enabled,
            FlagType type,
            Map<String, JsonNode> variants,
            @Nullable String defaultVariant,
            @Nullable String killVariant) {
        this.key = key;
        this.source = source.deepCopy();
        this.enabled = enabled;
        this.type = type;
        this.variants = Map.copyOf(variants);
        this.defaultVariant = defaultVariant;
        this.killVariant = killVariant;
    }

    /**
     * Validates a definition.
     *
     * @param key {@code [A-Za-z0-9._-]+}, at most 200 characters
     * @param definition the flag's JSON in the flagd format
     * @throws InvalidFlagException for the first rule it breaks
     */
    public static FlagDefinition parse(String key, JsonNode definition) {
        return new DefinitionParser(key, definition).parse();
    }

    /** The flag's key. */
    public String key() {
        return key;
    }

    /** The definition as it was written, a copy. */
    public ObjectNode json() {
        return source.deepCopy();
    }

    /** The type that its variants share. */
    FlagType type() {
        return type;
    }

    /** What the flag answers while it is not killed. */
    FlagAnswer answer() {
        if (!enabled) {
            return new FlagAnswer(null, null, FlagAnswer.Reason.DISABLED);
        }
        if (defaultVariant == null) {
            return FlagAnswer.CODE_DEFAULT;
        }
        return new FlagAnswer(
                variants.get(defaultVariant), defaultVariant, FlagAnswer.Reason.STATIC);
    }

    /**
     * What the flag answers once killed: the variant its metadata names in {@code
     * trek.killVariant}; a boolean flag without one answers false.
     *
     * @return empty where neither applies, so that the flag cannot be killed
     */
    Optional<FlagAnswer> killAnswer() {
        if (killVariant != null) {
            return Optional.of(killed(killVariant));
        }
        if (type != FlagType.BOOLEAN) {
            return Optional.empty();
        }
        return variants.entrySet().stream()
                .filter(variant -> !variant.getValue().booleanValue())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map(this::killed)
                .or(() -> Optional.of(KILLED_WITHOUT_VARIANT));
    }

    private FlagAnswer killed(String variant) {
        return new FlagAnswer(variants.get(variant), variant, FlagAnswer.Reason.DISABLED);
    }
}
