package io.trekpoint.control.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.control.audit.AuditTrail;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The control state as it once was: today's, with what the audit says was changed since undone,
 * newest first. Secret hashes are never in it.
 */
@Singleton
final class PastState {
    private final Mirror mirror;
    private final AuditTrail trail;

    PastState(Mirror mirror, AuditTrail trail) {
        this.mirror = mirror;
        this.trail = trail;
    }

    /**
     * The state at a revision, in the form of {@code GET /v1/state}.
     *
     * @throws ProblemException 404 where the audit does not reach back to it, cannot be read, or it
     *     was lost
     */
    ObjectNode at(long revision) {
        ControlState state = mirror.current().state();
        Map<EntryKey, JsonNode> forms = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            state.stored(kind).forEach((key, form) -> forms.put(new EntryKey(kind, key), form));
        }
        Head head = walkBack(state.head(), revision, forms);
        if (head.revision() != revision) {
            throw unknown(revision);
        }
        return document(head, forms);
    }

    /** Undoes what came after a revision; ends below it where it was leapt over. */
    private Head walkBack(Head from, long revision, Map<EntryKey, JsonNode> forms) {
        Head head = from;
        String hash = from.hash();
        long before = from.revision() + 1;
        while (head.revision() > revision) {
            List<AuditRecord> part = trail.before(before);
            if (part.isEmpty()) {
                return head;
            }
            for (AuditRecord each : part) {
                if (!each.hash().equals(hash)) {
                    throw unknown(revision);
                }
                head = new Head(from.epoch(), each.revision(), each.hash());
                if (head.revision() <= revision) {
                    return head;
                }
                undo(each, forms);
                hash = each.previous();
                before = each.revision();
            }
        }
        return head;
    }

    private static void undo(AuditRecord made, Map<EntryKey, JsonNode> forms) {
        JsonNode entry = AuditEntry.read(made).orElseThrow(() -> unreadable(made.revision()));
        for (JsonNode change : entry.path("changes")) {
            Kind kind = Kind.ofLabel(change.path("kind").asText()).orElseThrow();
            EntryKey key = new EntryKey(kind, change.path("key").asText());
            JsonNode before = change.path("before");
            if (before.isNull()) {
                forms.remove(key);
            } else {
                forms.put(key, before);
            }
        }
    }

    private static ObjectNode document(Head head, Map<EntryKey, JsonNode> forms) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("epoch", head.epoch())
                .put("revision", head.revision())
                .put("hash", head.hash())
                .put("source", "audit");
        for (Kind kind : Kind.values()) {
            json.putObject(kind.plural());
        }
        forms.forEach((key, form) ->
                ((ObjectNode) json.path(key.kind().plural()))
                        .set(
                                key.key(),
                                form instanceof ObjectNode object
                                        ? object.deepCopy().without("secretHashes")
                                        : form));
        return json;
    }

    private static ProblemException unreadable(long revision) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "The audit of revision "
                        + revision
                        + " cannot be read, and nothing from before it can be told.");
    }

    private static ProblemException unknown(long revision) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "Revision "
                        + revision
                        + " is not known here: it is to come, was lost, or lies on"
                        + " another volume.");
    }
}
