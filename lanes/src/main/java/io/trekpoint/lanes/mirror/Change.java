package io.trekpoint.lanes.mirror;

import io.trekpoint.lanes.redis.StreamEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One revision in the change stream. Its fields are {@code epoch}, {@code previous}, {@code hash}
 * and {@code writes}, a JSON list of {@code {kind, key, value}} with a null value for an entry that
 * was removed; a change too large for the stream has {@code reload} instead, upon which a mirror
 * reads the whole state.
 *
 * @param head the state it leads to
 * @param previous the hash of the state it was made on
 * @param writes what it changed; null where it is too large to say
 */
record Change(Head head, String previous, @Nullable List<Write> writes) {
    /**
     * Reads an entry of the change stream.
     *
     * @throws UnreadableException when it is not a change
     */
    static Change of(StreamEntry entry) {
        try {
            Map<String, String> fields = entry.fields();
            String id = entry.id();
            long revision = Long.parseLong(id.substring(0, id.indexOf('-')));
            Head head = new Head(required(fields, "epoch"), revision, required(fields, "hash"));
            String writes = fields.get("writes");
            return new Change(
                    head,
                    required(fields, "previous"),
                    writes == null ? null : Write.decode(writes));
        } catch (RuntimeException e) {
            throw new UnreadableException("change " + entry.id(), e);
        }
    }

    /** Whether this is the very next change after that state. */
    boolean isNextAfter(Head known) {
        return head.revision() == known.revision() + 1 && writes != null;
    }

    /** The state this change leads to. */
    Fill applyTo(ControlSnapshot known, Instant now) {
        StateBuilder builder = StateBuilder.from(known);
        if (writes != null) {
            for (Write write : writes) {
                if (write.value().isNull()) {
                    builder.remove(write.kind(), write.key());
                } else {
                    builder.put(write.kind(), write.key(), write.value());
                }
            }
        }
        return new Fill(
                builder.build(head), builder.unreadable(), previous, known.state().head(), now);
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
