package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * A whole control state as JSON, as {@code GET /v1/state} answers and the disk keeps it: {@code
 * {epoch, revision, hash, source, confirmedAt, flags, settings, clients, schedules}}, entries in
 * the form of {@link EntryCodec}.
 */
public final class StateDocument {
    private StateDocument() {}

    /** Writes a snapshot. */
    public static ObjectNode encode(ControlSnapshot snapshot) {
        ControlState state = snapshot.state();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("epoch", state.head().epoch())
                .put("revision", state.head().revision())
                .put("hash", state.head().hash())
                .put("source", snapshot.source().label())
                .put("confirmedAt", snapshot.confirmedAt().toString());
        for (Kind kind : Kind.values()) {
            json.putObject(kind.plural()).setAll(state.stored(kind));
        }
        return json;
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
