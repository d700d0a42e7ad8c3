package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/**
 * A whole control state as JSON, as {@code GET /v1/state} answers and the disk keeps it: {@code
 * {epoch, revision, hash, source, confirmedAt, flags, settings, clients, schedules}}, entries in
 * the form of {@link EntryCodec}.
 */
public final class StateDocument {
    private StateDocument() {}

    /** A snapshot as a tree. */
    public static ObjectNode encode(ControlSnapshot snapshot) {
        ObjectNode json = opening(snapshot);
        for (Kind kind : Kind.values()) {
            snapshot.state().forEachStored(kind, json.putObject(kind.plural())::set);
        }
        return json;
    }

    /** A snapshot as JSON, without the tree, which takes many times as much. */
    static byte[] bytes(ControlSnapshot snapshot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = EntryCodec.JSON.createGenerator(bytes)) {
            out.writeStartObject();
            for (Map.Entry<String, JsonNode> field : opening(snapshot).properties()) {
                out.writeFieldName(field.getKey());
                out.writeTree(field.getValue());
            }
            for (Kind kind : Kind.values()) {
                out.writeObjectFieldStart(kind.plural());
                snapshot.state().forEachStored(kind, (key, form) -> write(out, key, form));
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, String key, ObjectNode form) {
        try {
            out.writeFieldName(key);
            out.writeTree(form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode opening(ControlSnapshot snapshot) {
        Head head = snapshot.state().head();
        return JsonNodeFactory.instance
                .objectNode()
                .put("epoch", head.epoch())
                .put("revision", head.revision())
                .put("hash", head.hash())
                .put("source", snapshot.source().label())
                .put("confirmedAt", snapshot.confirmedAt().toString());
    }

    /**
     * Reads a document.
     *
     * @throws UnreadableException when it is not one
     */
    static Fill decode(JsonNode json, ControlState lastGood) {
        try {
            StateBuilder builder = StateBuilder.anew(lastGood);
            for (Kind kind : Kind.values()) {
                for (Map.Entry<String, JsonNode> entry : entries(json, kind).properties()) {
                    builder.put(kind, entry.getKey(), entry.getValue());
                }
            }
            Head head =
                    new Head(
                            json.required("epoch").asText(),
                            json.required("revision").asLong(),
                            json.required("hash").asText());
            Instant confirmedAt = Instant.parse(json.required("confirmedAt").asText());
            return new Fill(
                    builder.build(head), builder.unreadable(), null, lastGood.head(), confirmedAt);
        } catch (RuntimeException e) {
            throw new UnreadableException("control state document", e);
        }
    }

    /** A document that was written before changes could be scheduled has none. */
    private static JsonNode entries(JsonNode json, Kind kind) {
        return kind == Kind.SCHEDULE ? json.path(kind.plural()) : json.required(kind.plural());
    }
}
