package io.trekpoint.lanes.mirror;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit in Redis: its newest revisions, for the control service alone. Asked for in small
 * parts: an entry holds what it replaced, so that one reply with all of them could be too large to
 * arrive in time. Thread-safe.
 */
public final class AuditStream {
    private static final int PART = 16;
    private static final List<String> KEYS = List.of(ControlKeys.AUDIT, ControlKeys.ARCHIVES);

    private final Lane lane;
    private final Script archivedScript = Script.load("control-archived");

    /** Reads over the control lane. */
    public AuditStream(Lane lane) {
        this.lane = lane;
    }

    /**
     * Revisions, newest first.
     *
     * @param before only revisions below this one
     * @param limit at most so many
     * @throws LaneException when the lane gives no useful answer
     */
    public List<AuditRecord> before(long before, int limit) {
        List<AuditRecord> records = new ArrayList<>();
        long next = before;
        while (records.size() < limit) {
            int asked = Math.min(PART, limit - records.size());
            List<AuditRecord> part =
                    read(Command.XREVRANGE, "(" + ControlKeys.streamId(next), "-", asked);
            records.addAll(part);
            if (part.size() < asked) {
                break;
            }
            next = part.getLast().revision();
        }
        return records;
    }

    /**
     * The next revisions, oldest first; a small part of them, empty where there are no more.
     *
     * @param after only revisions above this one
     * @throws LaneException when the lane gives no useful answer
     */
    public List<AuditRecord> after(long after) {
        return read(Command.XRANGE, "(" + ControlKeys.streamId(after), "+", PART);
    }

    /**
     * Notes how far a volume has archived the audit, and lets the stream be cut to what is to be
     * kept. Nothing goes that a volume which has reported lately still has to archive.
     *
     * @param volume the volume
     * @param upTo the revision up to which it has everything
     * @param kept how many revisions the stream keeps
     * @param silence after which a volume is no longer waited for
     * @return how many entries left the stream
     * @throws LaneException when the lane gives no useful answer
     */
    public long archived(String volume, long upTo, int kept, Duration silence) {
        Response reply =
                archivedScript.run(lane, KEYS, List.of(volume, upTo, kept, silence.toSeconds()));
        return reply == null ? 0 : reply.toLong();
    }

    private List<AuditRecord> read(Command command, String from, String to, int count) {
        Response reply =
                lane.send(
                        Request.cmd(command)
                                .arg(ControlKeys.AUDIT)
                                .arg(from)
                                .arg(to)
                                .arg("COUNT")
                                .arg(count),
                        Lane.Access.READ);
        return reply == null ? List.of() : reply.stream().map(AuditStream::record).toList();
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
