package io.trekpoint.control.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.trekpoint.lanes.mirror.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for their time, or have failed at it. Executed ones are a revision, and are to
 * be found in the audit.
 *
 * @param id its id
 * @param state {@code waiting} or {@code failed}
 * @param at when they are to be made
 * @param reason why
 * @param author the id of the client that scheduled them
 * @param scheduledAt when it did
 * @param changes as they were given
 * @param failure why they could not be made; absent while they wait
 */
@RegisterForReflection
public record ScheduledChange(
        String id,
        String state,
        Instant at,
        String reason,
        String author,
        Instant scheduledAt,
        List<ProposedChange> changes,
        @Nullable String failure) {
    static final String WAITING = "waiting";
    private static final String FAILED = "failed";

    static ScheduledChange waiting(
            String id, ChangeSet set, Instant at, String author, Instant now) {
        return new ScheduledChange(id, WAITING, at, set.reason(), author, now, set.changes(), null);
    }

    ScheduledChange failed(String why) {
        return new ScheduledChange(id, FAILED, at, reason, author, scheduledAt, changes, why);
    }

    boolean waits() {
        return state.equals(WAITING);
    }

    /** Whether it waits, and its time has come. */
    boolean isDue(Instant now) {
        return waits() && !at.isAfter(now);
    }

    /** The stored form of what it is, {@code {state, at, reason, …}}, written as a tree. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("state", state)
                .put("at", at.toString())
                .put("reason", reason)
                .put("author", author)
                .put("scheduledAt", scheduledAt.toString());
        ArrayNode list = json.putArray("changes");
        for (ProposedChange change : changes) {
            ObjectNode each = list.addObject();
            each.put("kind", change.kind()).put("key", change.key());
            putText(each, "action", change.action());
            putText(each, "ifMatch", change.ifMatch());
            putText(each, "ifNoneMatch", change.ifNoneMatch());
            putJson(each, "definition", change.definition());
            putJson(each, "value", change.value());
            putClient(each, change.client());
            each.put("force", change.force());
        }
        putText(json, "failure", failure);
        return json;
    }

    /**
     * Reads the stored form.
     *
     * @throws RuntimeException when it is not one
     */
    static ScheduledChange of(String id, Entry<JsonNode> entry) {
        JsonNode json = entry.value();
        List<ProposedChange> changes = new ArrayList<>();
        for (JsonNode each : json.required("changes")) {
            changes.add(
                    new ProposedChange(
                            each.required("kind").asText(),
                            each.required("key").asText(),
                            text(each, "action"),
                            each.get("definition"),
                            each.get("value"),
                            client(each.get("client")),
                            text(each, "ifMatch"),
                            text(each, "ifNoneMatch"),
                            each.path("force").asBoolean(false)));
        }
        return new ScheduledChange(
                id,
                json.required("state").asText(),
                Instant.parse(json.required("at").asText()),
                json.required("reason").asText(),
                json.required("author").asText(),
                Instant.parse(json.required("scheduledAt").asText()),
                changes,
                text(json, "failure"));
    }

    private static void putClient(ObjectNode json, @Nullable ProposedClient client) {
        if (client != null) {
            ObjectNode node = json.putObject("client");
            node.put("name", client.name()).put("tier", client.tier());
            client.roles().forEach(node.putArray("roles")::add);
        }
    }

    private static @Nullable ProposedClient client(@Nullable JsonNode json) {
        return json == null
                ? null
                : new ProposedClient(
                        json.required("name").asText(),
                        json.required("tier").asText(),
                        json.required("roles").valueStream().map(JsonNode::asText).toList());
    }

    private static void putText(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    private static void putJson(ObjectNode json, String name, @Nullable JsonNode value) {
        if (value != null) {
            json.set(name, value);
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null ? null : value.asText();
    }
}
