package io.trekpoint.control.ofrep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagDefinition;
import io.trekpoint.lanes.guard.Mode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON of a flag's answers. What is the same in all of them is written once, beforehand.
 * Immutable.
 */
final class FlagText {
    private static final String OURS = "trek.";

    private final boolean floating;
    private final String start;
    private final String head;
    private final String publicHead;
    private final Map<String, String> variants;

    private FlagText(
            String key,
            Map<String, JsonNode> metadata,
            boolean floating,
            Map<String, String> variants) {
        this.floating = floating;
        this.start = "{\"key\":" + TextNode.valueOf(key);
        this.head = start + ",\"metadata\":{" + members(metadata, false);
        this.publicHead = start + ",\"metadata\":{" + members(metadata, true);
        this.variants = variants;
    }

    /**
     * Of a flag that is defined.
     *
     * @param shared the metadata of the flag set, which the flag's own stands over
     */
    static FlagText of(String key, FlagDefinition definition, Map<String, JsonNode> shared) {
        Map<String, JsonNode> metadata = new LinkedHashMap<>(shared);
        metadata.putAll(definition.metadata());
        JsonNode values = definition.json().path("variants");
        boolean floating = values.valueStream().anyMatch(JsonNode::isFloatingPointNumber);
        Map<String, String> variants = new HashMap<>();
        values.properties()
                .forEach(it ->
                        variants.put(
                                it.getKey(),
                                ",\"variant\":%s,\"value\":%s"
                                        .formatted(
                                                TextNode.valueOf(it.getKey()),
                                                value(floating, it.getValue()))));
        return new FlagText(key, metadata, floating, variants);
    }

    /** Of a flag that nobody has defined. */
    static FlagText undefined(String key) {
        return new FlagText(key, Map.of(), false, Map.of());
    }

    /**
     * Writes an answer: with a value, without one, or that something went wrong.
     *
     * @param forBrowser leaves out what the flag says of itself to operators
     */
    void write(StringBuilder to, FlagAnswer answer, Provenance from, boolean forBrowser) {
        if (answer.errorCode() != null) {
            to.append(start)
                    .append(",\"errorCode\":\"")
                    .append(answer.errorCode().name())
                    .append("\",\"errorDetails\":")
                    .append(TextNode.valueOf(String.valueOf(answer.errorDetails())))
                    .append(",\"metadata\":{")
                    .append(from.json())
                    .append("}}");
            return;
        }
        to.append(forBrowser ? publicHead : head).append(from.json());
        to.append("},\"reason\":\"").append(reason(answer, from.mode())).append('"');
        String known = answer.variant() == null ? null : variants.get(answer.variant());
        if (known != null) {
            to.append(known);
        } else if (answer.value() != null) {
            to.append(",\"value\":").append(value(floating, answer.value()));
        }
        to.append('}');
    }

    /** Members of a JSON object, each with a comma after it. */
    static String members(Map<String, JsonNode> metadata, boolean forBrowser) {
        StringBuilder text = new StringBuilder();
        metadata.forEach((name, value) -> {
            if (!forBrowser || !name.startsWith(OURS)) {
                text.append(TextNode.valueOf(name)).append(':').append(value).append(',');
            }
        });
        return text.toString();
    }

    private static String reason(FlagAnswer answer, Mode mode) {
        return mode == Mode.STALE ? mode.name() : answer.reason().name();
    }

    /**
     * Clients tell a float from an integer by the decimal point, and take none for the other: one
     * variant with a point gives all of a flag's variants one.
     */
    private static JsonNode value(boolean floating, JsonNode value) {
        return floating && value.isNumber() ? DoubleNode.valueOf(value.doubleValue()) : value;
    }
}
