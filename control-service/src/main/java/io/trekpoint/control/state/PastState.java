package io.trekpoint.control.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.control.audit.AuditTrail;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.EntryCodec;
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
     * @throws ProblemException 404 where the audit does not reach back to it, or it was lost
     */
    ObjectNode at(long revision) {
        ControlState state = mirror.current().state();
        Map<EntryKey, JsonNode> forms = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            state.stored(kind).forEach((key, form) -> forms.put(new EntryKey(kind, key), form));
        }
        Head head = state.head();
        long before = head.revision() + 1;
        String hash = head.hash();
        while (true) {
            List<AuditRecord> part = head.revision() == revision ? List.of() : trail.before(before);
            for (AuditRecord each : part) {
                if (!each.hash().equals(hash)) {
                    throw unknown(revision);
                }
                head = new Head(head.epoch(), each.revision(), each.hash());
                if (head.revision() <= revision) {
                    break;
                }
                undo(each, forms);
                hash = each.previous();
                before = each.revision();
            }
            if (head.revision() <= revision || part.isEmpty()) {
                break;
            }
        }
        if (head.revision() != revision) {
            throw unknown(revision);
        }
        return document(head, forms);
    }

    private static void undo(AuditRecord made, Map<EntryKey, JsonNode> forms) {
        JsonNode entry = EntryCodec.parse("audit entry", made.entry());
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

    private static ProblemException unknown(long revision) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "Revision "
                        + revision
                        + " is not known here: it is to come, was lost, or lies on"
                        + " another volume.");
    }
}
