package io.trekpoint.control.ofrep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.mirror.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A flag with those parts of its answers that are the same for everybody, written once. Immutable.
 */
final class FlagText {
    private static final String OURS = "trek.";
    private static final Set<String> PROVENANCE =
            Set.of("trek.revision", "trek.ageSeconds", "trek.source");

    private final Entry<Flag> entry;
    private final boolean isPublic;
    private final boolean floating;
    private final String head;
    private final String publicHead;
    private final Map<String, String> variants = new HashMap<>();

    private FlagText(String key, Entry<Flag> entry) {
        ObjectNode definition = entry.value().definition().json();
        JsonNode metadata = definition.path("metadata");
        this.entry = entry;
        this.isPublic = metadata.path("trek.public").asBoolean(false);
        this.floating =
                definition.path("variants").valueStream().anyMatch(JsonNode::isFloatingPointNumber);
        this.head = head(key, metadata, false);
        this.publicHead = head(key, metadata, true);
        definition
                .path("variants")
                .properties()
                .forEach(it ->
                        variants.put(it.getKey(), variant(it.getKey()) + value(it.getValue())));
    }

    static FlagText of(String key, Entry<Flag> entry) {
        return new FlagText(key, entry);
    }

    /** Whether it was written from just this entry. */
    @SuppressWarnings("ReferenceEquality") // an entry that has not changed is the same object
    boolean isOf(Entry<Flag> other) {
        return entry == other;
    }

    /** Whether browsers may know of the flag. */
    boolean isPublic() {
        return isPublic;
    }

    /**
     * Evaluates the flag and writes the answer as a JSON object.
     *
     * @param forBrowser leaves out what the flag says of itself to operators
     */
    void answer(StringBuilder to, Provenance from, boolean forBrowser) {
        FlagAnswer answer = entry.value().answer();
        to.append(forBrowser ? publicHead : head).append(from.json());
        to.append("},\"reason\":\"").append(reason(answer, from.mode())).append('"');
        String known = answer.variant() == null ? null : variants.get(answer.variant());
        if (known != null) {
            to.append(known);
        } else if (answer.value() != null) {
            to.append(value(answer.value()));
        }
        to.append('}');
    }

    private String reason(FlagAnswer answer, Mode mode) {
        boolean declared = entry.lastChange().revision() == 0;
        if (declared || mode == Mode.DEFAULT) {
            return FlagAnswer.Reason.DEFAULT.name();
        }
        return mode == Mode.NORMAL ? answer.reason().name() : mode.name();
    }

    /** Up to where the metadata says where an answer is from. */
    private static String head(String key, JsonNode metadata, boolean forBrowser) {
        StringBuilder text = new StringBuilder("{\"key\":");
        text.append(TextNode.valueOf(key)).append(",\"metadata\":{");
        for (Map.Entry<String, JsonNode> own : metadata.properties()) {
            boolean left =
                    forBrowser ? own.getKey().startsWith(OURS) : PROVENANCE.contains(own.getKey());
            if (!left) {
                text.append(TextNode.valueOf(own.getKey())).append(':').append(own.getValue());
                text.append(',');
            }
        }
        return text.toString();
    }

    private static String variant(String name) {
        return ",\"variant\":" + TextNode.valueOf(name);
    }

    /**
     * Clients tell a float from an integer by the decimal point, and take none for the other: one
     * variant with a point gives all of a flag's variants one.
     */
    private String value(JsonNode value) {
        JsonNode written =
                floating && value.isNumber() ? DoubleNode.valueOf(value.doubleValue()) : value;
        return ",\"value\":" + written;
    }
}
