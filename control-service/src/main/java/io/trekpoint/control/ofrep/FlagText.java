package io.trekpoint.control.ofrep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.mirror.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
    private static final byte[] REASON = bytes("},\"reason\":\"");
    private static final byte[] QUOTE = bytes("\"");
    private static final byte[] END = bytes("}");

    private final Entry<Flag> entry;
    private final boolean isPublic;
    private final boolean floating;
    private final byte[] head;
    private final byte[] publicHead;
    private final Map<String, byte[]> variants = new HashMap<>();

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
                        variants.put(
                                it.getKey(), bytes(variant(it.getKey()) + value(it.getValue()))));
    }

    static FlagText of(String key, Entry<Flag> entry) {
        return new FlagText(key, entry);
    }

    /** Whether it was written from just this entry. */
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
    void answer(ByteArrayOutputStream to, Provenance from, boolean forBrowser) {
        FlagAnswer answer = entry.value().answer();
        to.writeBytes(forBrowser ? publicHead : head);
        to.writeBytes(from.json());
        to.writeBytes(REASON);
        to.writeBytes(bytes(reason(answer, from.mode())));
        to.writeBytes(QUOTE);
        String variant = answer.variant();
        if (variant != null && variants.containsKey(variant)) {
            to.writeBytes(variants.get(variant));
        } else if (answer.value() != null) {
            to.writeBytes(bytes(value(answer.value())));
        }
        to.writeBytes(END);
    }

    private String reason(FlagAnswer answer, Mode mode) {
        boolean declared = entry.lastChange().revision() == 0;
        if (declared || mode == Mode.DEFAULT) {
            return FlagAnswer.Reason.DEFAULT.name();
        }
        return mode == Mode.NORMAL ? answer.reason().name() : mode.name();
    }

    /** Up to where the metadata says where an answer is from. */
    private static byte[] head(String key, JsonNode metadata, boolean forBrowser) {
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
        return bytes(text.toString());
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
