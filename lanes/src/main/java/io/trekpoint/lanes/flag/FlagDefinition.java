package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.flag.FlagAnswer.ErrorCode;
import io.trekpoint.lanes.flag.FlagAnswer.Reason;
import io.trekpoint.lanes.flag.rule.CompiledRule;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.flag.rule.InvalidRuleException;
import io.trekpoint.lanes.flag.rule.RuleCompiler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A flag definition in the flagd format: {@code {state, variants, defaultVariant?, targeting?,
 * metadata?}}. Its targeting is compiled. Immutable.
 */
public final class FlagDefinition {
    static final String PATH = "definition";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final String key;
    private final String text;
    private final FlagType type;
    private final Map<String, JsonNode> metadata;
    private final FlagTraits traits;
    private final Set<String> references;
    private final Targeting targeting;
    private final @Nullable FlagAnswer killAnswer;
    private final @Nullable FlagAnswer staleAnswer;

    /**
     * What a definition consists of.
     *
     * @param key the flag's key
     * @param text the definition as it was written, as JSON
     * @param enabled whether its state is {@code ENABLED}
     * @param type the type that its variants share
     * @param variants their values by name
     * @param defaultVariant null for the code default
     * @param rule the targeting; null for none
     * @param metadata everything it says about itself
     * @param traits what of that is {@code trek.*}
     */
    record Parts(
            String key,
            String text,
            boolean enabled,
            FlagType type,
            Map<String, JsonNode> variants,
            @Nullable String defaultVariant,
            @Nullable JsonNode rule,
            Map<String, JsonNode> metadata,
            FlagTraits traits) {}

    /** Keeps the text in place of the tree, which takes many times as much. */
    FlagDefinition(Parts parts, Evaluators evaluators) {
        this.key = parts.key;
        this.text = parts.text;
        this.type = parts.type;
        this.metadata = parts.metadata;
        this.traits = parts.traits;
        this.references =
                parts.rule == null || !Evaluators.mayBeNamedIn(parts.text)
                        ? Set.of()
                        : Set.copyOf(Evaluators.referencesOf(parts.rule));
        this.targeting = targeting(parts, evaluators);
        this.killAnswer = killAnswer(parts);
        this.staleAnswer = staleAnswer(parts);
    }

    /**
     * Validates a definition that refers to no shared rule.
     *
     * @param key {@code [A-Za-z0-9._-]+}, at most 200 characters
     * @param definition the flag's JSON in the flagd format
     * @throws InvalidFlagException for the first rule it breaks
     */
    public static FlagDefinition parse(String key, JsonNode definition) {
        return parse(key, definition, Evaluators.NONE);
    }

    /**
     * Validates a definition before it is written.
     *
     * @param key {@code [A-Za-z0-9._-]+}, at most 200 characters
     * @param definition the flag's JSON in the flagd format
     * @param evaluators the shared rules it may refer to
     * @throws InvalidFlagException for the first rule it breaks
     */
    public static FlagDefinition parse(String key, JsonNode definition, Evaluators evaluators) {
        return new DefinitionParser(key, definition, PATH).parse(evaluators);
    }

    /**
     * Reads a definition that was validated when it was written, perhaps by a later version: a
     * targeting that cannot be evaluated here answers {@code PARSE_ERROR}, so that the flag can
     * still be killed. Shared rules are {@linkplain #linkedTo linked} afterwards. Values of the
     * tree are kept: nobody may write into it any more.
     *
     * @throws InvalidFlagException when anything but its targeting is not what it has to be
     */
    public static FlagDefinition read(String key, JsonNode definition) {
        return new DefinitionParser(key, definition, PATH).read(Evaluators.NONE);
    }

    /** The same definition with other shared rules. */
    public FlagDefinition linkedTo(Evaluators evaluators) {
        return references.isEmpty()
                ? this
                : new DefinitionParser(key, json(), PATH).read(evaluators);
    }

    /** The flag's key. */
    public String key() {
        return key;
    }

    /** The definition as it was written, read anew for each caller. */
    public ObjectNode json() {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition of its own is JSON", e);
        }
    }

    /** The same as a JSON text. */
    public String text() {
        return text;
    }

    /** The type that its variants share. */
    public FlagType type() {
        return type;
    }

    /** Its metadata, {@code trek.*} included, in the order it was written in. */
    public Map<String, JsonNode> metadata() {
        return metadata;
    }

    /** What its {@code trek.*} metadata says. */
    public FlagTraits traits() {
        return traits;
    }

    /** The names of the shared rules that its targeting refers to, by itself. */
    public Set<String> references() {
        return references;
    }

    /** What the flag answers while it is not killed. */
    FlagAnswer evaluate(EvaluationContext context) {
        return targeting.answer(context);
    }

    /**
     * What the flag answers once killed: the variant its metadata names in {@code
     * trek.killVariant}; a boolean flag without one answers false.
     *
     * @return empty where neither applies, so that the flag cannot be killed
     */
    Optional<FlagAnswer> killAnswer() {
        return Optional.ofNullable(killAnswer);
    }

    /** What the flag answers while no source confirms this definition, and it is not killed. */
    FlagAnswer evaluateStale(EvaluationContext context) {
        return staleAnswer == null ? evaluate(context) : staleAnswer;
    }

    private static Targeting targeting(Parts parts, Evaluators evaluators) {
        if (!parts.enabled) {
            return new Targeting.Fixed(new FlagAnswer(null, null, Reason.DISABLED));
        }
        if (parts.rule == null) {
            return Targeting.none(parts.defaultVariant, parts.variants);
        }
        try {
            CompiledRule compiled =
                    RuleCompiler.compile(parts.rule, PATH + ".targeting", evaluators);
            return Targeting.of(parts.key, compiled.rule(), parts.defaultVariant, parts.variants);
        } catch (InvalidRuleException e) {
            return new Targeting.Fixed(
                    FlagAnswer.error(ErrorCode.PARSE_ERROR, e.path() + ": " + e.rule()));
        }
    }

    private static @Nullable FlagAnswer killAnswer(Parts parts) {
        return parts.traits
                .killVariant()
                .map(name -> new FlagAnswer(parts.variants.get(name), name, Reason.DISABLED))
                .orElse(
                        parts.type == FlagType.BOOLEAN
                                ? truth(parts, false, Reason.DISABLED)
                                : null);
    }

    private static @Nullable FlagAnswer staleAnswer(Parts parts) {
        return switch (parts.traits.onUnavailable()) {
            case LAST_KNOWN -> null;
            case ENABLED -> truth(parts, true, Reason.STALE);
            case DISABLED -> {
                FlagAnswer killed = killAnswer(parts);
                yield killed == null
                        ? null
                        : new FlagAnswer(killed.value(), killed.variant(), Reason.STALE);
            }
        };
    }

    /** The first variant of that value by name; the bare value where there is none. */
    private static FlagAnswer truth(Parts parts, boolean wanted, Reason reason) {
        String first = null;
        for (Map.Entry<String, JsonNode> variant : parts.variants.entrySet()) {
            String name = variant.getKey();
            if (variant.getValue().booleanValue() == wanted
                    && (first == null || name.compareTo(first) < 0)) {
                first = name;
            }
        }
        JsonNode value = first == null ? BooleanNode.valueOf(wanted) : parts.variants.get(first);
        return new FlagAnswer(value, first, reason);
    }
}
