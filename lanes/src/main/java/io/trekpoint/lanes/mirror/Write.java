package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry written, in the form of {@link EntryCodec}, or removed.
 *
 * @param kind what it is
 * @param key its key
 * @param value its stored form; JSON null removes it
 */
public record Write(Kind kind, String key, JsonNode value) {
    /** Which entry it writes. */
    public EntryKey entry() {
        return new EntryKey(kind, key);
    }

    /** What the scripts take: the text to store, empty to remove. */
    String stored() {
        return value.isNull() ? "" : value.toString();
    }

    static String encode(List<Write> writes) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Write write : writes) {
            ObjectNode node = list.addObject();
            node.put("kind", write.kind.label()).put("key", write.key).set("value", write.value);
        }
        return list.toString();
    }

    static List<Write> decode(String text) {
        List<Write> writes = new ArrayList<>();
        for (JsonNode node : EntryCodec.parse("writes", text)) {
            Kind kind = Kind.ofLabel(node.required("kind").asText()).orElseThrow();
            writes.add(new Write(kind, node.required("key").asText(), node.required("value")));
        }
        return writes;
    }
}
