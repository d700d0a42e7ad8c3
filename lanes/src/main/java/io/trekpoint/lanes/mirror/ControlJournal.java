package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of the control state, for the control service alone: {@code
 * control-entries.lua}, {@code control-change.lua} and {@code control-restore.lua}. Thread-safe.
 */
public final class ControlJournal {
    private static final int CHANGES_KEPT = 1_000;
    private static final int LARGEST_ANNOUNCEMENT_BYTES = 64 * 1024;
    private static final int LARGEST_COMMAND_BYTES = 384 * 1024;

    /** More than an entry may be, so that the audit has what replaced one that somebody broke. */
    private static final int LARGEST_READ_BYTES = 4 * EntryBounds.LARGEST_BYTES;

    private static final Duration LARGE_DEADLINE = Duration.ofSeconds(5);
    private static final List<String> WRITE_KEYS = and(ControlKeys.STATE, ControlKeys.CHANGES);
    private static final int FIRST_ENTRIES = 6;

    private final Lane lane;
    private final AuditStream audit;
    private final Staging staging;
    private final Script entriesScript = Script.load("control-entries");
    private final Script stateScript = Script.load("control-state");
    private final Script changeScript = Script.load("control-change");
    private final Script restoreScript = Script.load("control-restore");

    /** Writes over the control lane. */
    public ControlJournal(Lane lane) {
        this.lane = lane;
        this.audit = new AuditStream(lane);
        this.staging = new Staging(lane);
    }

    /** How an operator's restore ended. */
    public enum Restored {
        /** The state is there. */
        DONE,
        /** The data set is there at that revision or a later one; nothing was written. */
        THERE_ALREADY,
        /** Another data set is there; nothing was written. */
        OCCUPIED
    }

    /**
     * Reads what a change of some entries is computed from.
     *
     * @throws LaneException when the lane gives no useful answer
     */
    public Standing standing(Collection<EntryKey> entries) {
        List<EntryKey> asked = List.copyOf(entries);
        List<Object> args = new ArrayList<>();
        args.add(LARGEST_READ_BYTES);
        for (EntryKey entry : asked) {
            args.add(ControlKeys.number(entry.kind()));
            args.add(entry.key());
        }
        Response reply = Objects.requireNonNull(entriesScript.run(lane, ControlKeys.STATE, args));
        Map<EntryKey, JsonNode> stored = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            put(stored, asked.get(i), reply.get(4 + i));
        }
        return new Standing(head(reply), time(reply), stored);
    }

    /**
     * Reads every entry, for a change that is computed from the whole state.
     *
     * @throws LaneException when the lane gives no useful answer
     */
    public Standing whole() {
        Response reply =
                Objects.requireNonNull(
                        stateScript.run(
                                lane,
                                WRITE_KEYS,
                                List.of(ControlKeys.streamId(0), LARGEST_READ_BYTES),
                                LARGE_DEADLINE));
        Map<EntryKey, JsonNode> stored = new HashMap<>();
        int at = FIRST_ENTRIES;
        for (Kind kind : Kind.values()) {
            Response flat = reply.get(at++);
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                put(stored, new EntryKey(kind, flat.get(i).toString()), flat.get(i + 1));
            }
        }
        return new Standing(head(reply), time(reply), stored);
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
        String writes = Write.encode(revision.writes());
        int bytes = bytes(writes);
        List<Object> args = new ArrayList<>();
        args.add(revision.base().epoch());
        args.add(revision.base().revision());
        args.add(revision.base().hash());
        args.add(revision.head().epoch());
        args.add(revision.head().hash());
        List<String> keys = and(WRITE_KEYS, ControlKeys.AUDIT);
        Response reply;
        if (2 * bytes + bytes(revision.audit()) > LARGEST_COMMAND_BYTES) {
            Staging.Staged staged = staging.bring(revision.audit(), revision.writes());
            args.addAll(List.of(staged.auditParts(), "", CHANGES_KEPT));
            reply = changeScript.run(lane, and(keys, staged.key()), args, LARGE_DEADLINE);
        } else {
            boolean announced = bytes <= LARGEST_ANNOUNCEMENT_BYTES;
            args.addAll(List.of(revision.audit(), announced ? writes : "", CHANGES_KEPT));
            for (Write write : revision.writes()) {
                args.add(ControlKeys.number(write.kind()));
                args.add(write.key());
                args.add(write.stored());
            }
            reply = changeScript.run(lane, keys, args);
        }
        return reply != null && reply.toLong() == 1;
    }

    /**
     * Puts a whole state in the place of whatever Redis holds.
     *
     * @param revision the state: from the head that was known to one above every known revision
     * @param replaced another epoch that may be overwritten; empty for none
     * @throws LaneException when the lane gives no useful answer
     */
    public Restored restore(Revision revision, String replaced) {
        Staging.Staged staged = staging.bring(revision.audit(), revision.writes());
        Head head = revision.head();
        Response reply =
                restoreScript.run(
                        lane,
                        and(and(WRITE_KEYS, ControlKeys.AUDIT), staged.key()),
                        List.of(
                                head.epoch(),
                                head.revision(),
                                head.hash(),
                                revision.base().hash(),
                                staged.auditParts(),
                                replaced),
                        LARGE_DEADLINE);
        return switch (reply == null ? 0 : reply.toInteger()) {
            case 1 -> Restored.DONE;
            case 2 -> Restored.OCCUPIED;
            default -> Restored.THERE_ALREADY;
        };
    }

    /**
     * Whether that revision was made and not another one in its place, whatever came after it.
     *
     * @throws LaneException when the lane gives no useful answer
     */
    public boolean made(Head head) {
        return audit.before(head.revision() + 1, 1).stream()
                .anyMatch(r -> r.revision() == head.revision() && r.hash().equals(head.hash()));
    }

    private static Head head(Response reply) {
        return reply.get(1) == null
                ? Head.NONE
                : new Head(
                        reply.get(1).toString(),
                        reply.get(2).toLong(),
                        String.valueOf(reply.get(3)));
    }

    private static Instant time(Response reply) {
        return Instant.ofEpochSecond(Long.parseLong(reply.get(0).toString()));
    }

    private static void put(
            Map<EntryKey, JsonNode> stored, EntryKey entry, @Nullable Response form) {
        if (form == null) {
            return;
        }
        String text = form.toString();
        try {
            stored.put(entry, EntryCodec.parse(entry.toString(), text));
        } catch (UnreadableException e) {
            stored.put(entry, TextNode.valueOf(text));
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<String> and(List<String> keys, String further) {
        List<String> all = new ArrayList<>(keys);
        all.add(further);
        return List.copyOf(all);
    }
}
