package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of the control state, for the control service alone: {@code control-entry.lua},
 * {@code control-change.lua} and the audit stream. Thread-safe.
 */
public final class ControlJournal {
    private static final int CHANGES_KEPT = 1_000;
    private static final int AUDIT_PART = 16;
    private static final int LARGEST_ANNOUNCEMENT_BYTES = 64 * 1024;
    private static final List<String> KEYS =
            List.of(
                    ControlKeys.META,
                    ControlKeys.entries(Kind.FLAG),
                    ControlKeys.entries(Kind.SETTING),
                    ControlKeys.entries(Kind.CLIENT),
                    ControlKeys.CHANGES,
                    ControlKeys.AUDIT);

    private final Lane lane;
    private final Script entryScript = Script.load("control-entry");
    private final Script changeScript = Script.load("control-change");

    /** Writes over the control lane. */
    public ControlJournal(Lane lane) {
        this.lane = lane;
    }

    /**
     * One entry with the head it belongs to.
     *
     * @param head the head; {@link Head#NONE} where there is no data set
     * @param stored its stored form, as a JSON string where it is not JSON; empty where there is no
     *     such entry
     */
    public record Standing(Head head, Optional<JsonNode> stored) {}

    /**
     * One revision of the audit.
     *
     * @param revision the revision
     * @param entry who did what and why, as the JSON that was hashed
     * @param previous the hash of the revision before it; empty for the first
     * @param hash SHA-256 in hex of {@code previous} followed by {@code entry}
     */
    public record AuditRecord(long revision, String entry, String previous, String hash) {}

    /**
     * Reads what a change of an entry is computed from.
     *
     * @throws LaneException when the lane gives no useful answer
     */
    public Standing standing(Kind kind, String key) {
        Response reply =
                entryScript.run(
                        lane, List.of(ControlKeys.META, ControlKeys.entries(kind)), List.of(key));
        if (reply == null || reply.get(0) == null) {
            return new Standing(Head.NONE, Optional.empty());
        }
        Head head =
                new Head(
                        reply.get(0).toString(),
                        reply.get(1).toLong(),
                        String.valueOf(reply.get(2)));
        return new Standing(
                head,
                Optional.ofNullable(reply.get(3))
                        .map(text -> stored(kind.label() + " " + key, text.toString())));
    }

    private static JsonNode stored(String what, String text) {
        try {
            return EntryCodec.parse(what, text);
        } catch (UnreadableException e) {
            return TextNode.valueOf(text);
        }
    }

    /**
     * Makes a revision.
     *
     * @return whether it was made; false when the head is no longer the one it was computed from,
     *     and for {@link Head#NONE} when anything of a data set is there
     * @throws LaneException when the lane gives no useful answer; the revision may then have been
     *     made if {@link LaneException#mayHaveExecuted}
     */
    public boolean append(Revision revision) {
        String announcement = Write.encode(revision.writes());
        boolean tooLarge =
                announcement.getBytes(StandardCharsets.UTF_8).length > LARGEST_ANNOUNCEMENT_BYTES;
        List<Object> args = new ArrayList<>();
        args.add(revision.base().epoch());
        args.add(revision.base().revision());
        args.add(revision.base().hash());
        args.add(revision.head().epoch());
        args.add(revision.head().hash());
        args.add(revision.audit());
        args.add(tooLarge ? "" : announcement);
        args.add(CHANGES_KEPT);
        for (Write write : revision.writes()) {
            args.add(KEYS.indexOf(ControlKeys.entries(write.kind())) + 1);
            args.add(write.key());
            args.add(write.value().isNull() ? "" : write.value().toString());
        }
        Response reply = changeScript.run(lane, KEYS, args);
        return reply != null && reply.toLong() == 1;
    }

    /**
     * Whether that revision was made and not another one in its place, whatever came after it.
     *
     * @throws LaneException when the lane gives no useful answer
     */
    public boolean made(Head head) {
        return audit(head.revision() + 1, 1).stream()
                .anyMatch(r -> r.revision() == head.revision() && r.hash().equals(head.hash()));
    }

    /**
     * The audit, newest first, asked for in small parts: an entry holds what it replaced, so that
     * one reply with all of them could be too large to arrive in time.
     *
     * @param before only revisions below this one
     * @param limit at most so many
     * @throws LaneException when the lane gives no useful answer
     */
    public List<AuditRecord> audit(long before, int limit) {
        List<AuditRecord> records = new ArrayList<>();
        long next = before;
        while (records.size() < limit) {
            int asked = Math.min(AUDIT_PART, limit - records.size());
            List<AuditRecord> part = auditPart(next, asked);
            records.addAll(part);
            if (part.size() < asked) {
                break;
            }
            next = part.getLast().revision();
        }
        return records;
    }

    private List<AuditRecord> auditPart(long before, int count) {
        Response reply =
                lane.send(
                        Request.cmd(Command.XREVRANGE)
                                .arg(ControlKeys.AUDIT)
                                .arg("(" + ControlKeys.streamId(before))
                                .arg("-")
                                .arg("COUNT")
                                .arg(count),
                        Lane.Access.READ);
        return reply == null ? List.of() : reply.stream().map(ControlJournal::record).toList();
    }

    private static AuditRecord record(Response entry) {
        String id = entry.get(0).toString();
        Response fields = entry.get(1);
        return new AuditRecord(
                Long.parseLong(id.substring(0, id.indexOf('-'))),
                field(fields, "entry"),
                field(fields, "previous"),
                field(fields, "hash"));
    }

    private static String field(Response fields, String name) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).toString().equals(name)) {
                @Nullable Response value = fields.get(i + 1);
                return value == null ? "" : value.toString();
            }
        }
        return "";
    }
}
