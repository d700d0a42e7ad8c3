package io.trekpoint.lanes.flag.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that flags share: {@code $evaluators}, which rules name by {@code $ref}. Each is
 * compiled once, however many refer to it. Immutable.
 */
public final class Evaluators {
    /** No shared rule. */
    public static final Evaluators NONE = new Evaluators(Map.of());

    private static final String REFERENCE = "$ref";

    private final Map<String, JsonNode> sources;
    private final Map<String, CompiledRule> compiled = new HashMap<>();
    private final Map<String, InvalidRuleException> broken = new HashMap<>();

    private Evaluators(Map<String, JsonNode> sources) {
        this.sources = Map.copyOf(sources);
        Set<String> begun = new HashSet<>();
        this.sources.keySet().forEach(name -> compile(name, begun));
    }

    /** Compiles shared rules, by their names. One that is broken breaks the rules that name it. */
    public static Evaluators of(Map<String, JsonNode> sources) {
        return sources.isEmpty() ? NONE : new Evaluators(sources);
    }

    /**
     * Checks them as the format's JSON Schema does, and that each can be evaluated.
     *
     * @param path where they stand
     * @throws InvalidRuleException for the first rule that is broken
     */
    public void check(String path) {
        for (String name : new TreeSet<>(sources.keySet())) {
            check(name, path + "." + name);
        }
    }

    /**
     * Checks one of them.
     *
     * @throws InvalidRuleException when it is not there, or broken
     */
    public void check(String name, String path) {
        JsonNode source = sources.get(name);
        if (source != null) {
            RuleSchema.check(source, path);
        }
        rule(name, path);
    }

    /** Whether a rule, as a text, may refer to any: to look for them takes longer. */
    public static boolean mayBeNamedIn(String text) {
        return text.contains(REFERENCE);
    }

    /** The names that a rule refers to, by itself. */
    public static Set<String> referencesOf(JsonNode rule) {
        Set<String> names = new TreeSet<>();
        collect(rule, names);
        return names;
    }

    /**
     * A shared rule.
     *
     * @param path where it is named
     * @throws InvalidRuleException when it is not there, or broken
     */
    CompiledRule rule(String name, String path) {
        CompiledRule rule = compiled.get(name);
        if (rule != null) {
            return rule;
        }
        InvalidRuleException why = broken.get(name);
        throw new InvalidRuleException(
                path,
                why == null
                        ? "must name a shared rule: there is no $evaluators." + name
                        : "names a broken rule: " + why.path() + " " + why.rule());
    }

    private void compile(String name, Set<String> begun) {
        JsonNode source = sources.get(name);
        if (source == null || !begun.add(name)) {
            return;
        }
        // What it refers to comes first; a circle finds itself begun and not yet compiled.
        referencesOf(source).forEach(used -> compile(used, begun));
        try {
            compiled.put(name, RuleCompiler.compile(source, "$evaluators." + name, this));
        } catch (InvalidRuleException e) {
            broken.put(name, e);
        }
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node instanceof ObjectNode object && object.size() == 1) {
            JsonNode name = object.get(REFERENCE);
            if (name != null && name.isTextual()) {
                names.add(name.textValue());
            }
        }
        node.forEach(child -> collect(child, names));
    }
}
