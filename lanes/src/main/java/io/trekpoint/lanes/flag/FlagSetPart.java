package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.flag.rule.InvalidRuleException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the flags of a control state have in common, under keys that no flag can have: the metadata
 * of the flag set at {@code $metadata}, and each shared rule at {@code $evaluators/<name>}.
 */
public final class FlagSetPart {
    /** The key of the metadata. */
    public static final String METADATA = "$metadata";

    private static final String EVALUATOR = "$evaluators/";

    private FlagSetPart() {}

    /** Whether an entry of that key is such a part, and no flag. */
    public static boolean isKey(String key) {
        return key.startsWith("$");
    }

    /** The key of a shared rule. */
    public static String evaluatorKey(String name) {
        return EVALUATOR + name;
    }

    /** The shared rules among parts, compiled. */
    public static Evaluators evaluators(Map<String, JsonNode> parts) {
        return Evaluators.of(rules(parts));
    }

    /** The shared rules among parts, by name. */
    public static Map<String, JsonNode> rules(Map<String, JsonNode> parts) {
        Map<String, JsonNode> rules = new HashMap<>();
        parts.forEach((key, value) -> {
            if (key.startsWith(EVALUATOR)) {
                rules.put(key.substring(EVALUATOR.length()), value);
            }
        });
        return rules;
    }

    /**
     * Validates a part before it is written.
     *
     * @param parts all parts as they are to be, this one included
     * @throws InvalidFlagException for the first rule it breaks
     */
    public static void check(String key, Map<String, JsonNode> parts) {
        JsonNode value = parts.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no part " + key);
        }
        if (key.equals(METADATA)) {
            checkMetadata(value, METADATA.substring(1));
            return;
        }
        String name = key.startsWith(EVALUATOR) ? key.substring(EVALUATOR.length()) : "";
        if (!DefinitionParser.isKey(name)) {
            throw new InvalidFlagException(
                    "key", "must be $metadata, or $evaluators/ and the name of a shared rule");
        }
        try {
            DefinitionParser.refuseEndlessNumbers("$evaluators." + name, value);
            evaluators(parts).check(name, "$evaluators." + name);
        } catch (InvalidRuleException e) {
            throw new InvalidFlagException(e.path(), e.rule());
        }
    }

    /**
     * Checks what was validated when it was written: whether it is an object at all, under a key
     * that is known here.
     *
     * @throws InvalidFlagException when it is not
     */
    public static void checkShape(String key, JsonNode value) {
        boolean known = key.equals(METADATA) || key.startsWith(EVALUATOR);
        if (!known || !value.isObject()) {
            throw new InvalidFlagException(key, "must be an object, under a key that is known");
        }
    }

    /**
     * Validates the metadata of a flag set. Answers carry it beside {@code trek.*} of their own,
     * which it must not say a second time.
     */
    static Map<String, JsonNode> checkMetadata(JsonNode value, String path) {
        Map<String, JsonNode> metadata = DefinitionParser.metadata(value, path);
        DefinitionParser.refuseEndlessNumbers(path, value);
        for (String name : metadata.keySet()) {
            if (FlagTraits.isReserved(name)) {
                throw new InvalidFlagException(
                        path + "." + name,
                        "must not begin with trek.: answers say those themselves");
            }
        }
        for (String name : new String[] {"flagSetId", "version"}) {
            JsonNode text = metadata.get(name);
            if (text != null && !text.isTextual()) {
                throw new InvalidFlagException(path + "." + name, "must be a text");
            }
        }
        return metadata;
    }
}
