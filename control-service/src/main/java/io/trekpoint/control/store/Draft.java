package io.trekpoint.control.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Standing;
import io.trekpoint.lanes.mirror.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A revision while it is computed: entries as they stand in Redis, with what the change has written
 * on top. Not thread-safe.
 */
public final class Draft {
    private final Standing standing;
    private final Reads reads;
    private final LastChange change;
    private final SequencedMap<EntryKey, JsonNode> written = new TreeMap<>();

    Draft(Standing standing, Reads reads, LastChange change) {
        this.standing = standing;
        this.reads = reads;
        this.change = change;
    }

    /** What each entry says of this change. */
    public LastChange change() {
        return change;
    }

    /** When Redis was read, by its own clock, to the second. */
    public Instant redisTime() {
        return standing.at();
    }

    /**
     * An entry's stored form, as this change has left it; empty where there is none.
     *
     * @throws IllegalStateException for an entry that the change did not ask to read
     */
    public Optional<JsonNode> stored(EntryKey key) {
        if (reads instanceof Reads.Entries(var keys) && !keys.contains(key)) {
            throw new IllegalStateException("not read: " + key);
        }
        JsonNode form = written.get(key);
        return form == null
                ? standing.stored(key)
                : Optional.of(form).filter(json -> !json.isNull());
    }

    /** Every entry that was read, as this change has left it. */
    public Map<EntryKey, JsonNode> all() {
        Map<EntryKey, JsonNode> all = new HashMap<>(standing.stored());
        written.forEach((key, form) -> {
            if (form.isNull()) {
                all.remove(key);
            } else {
                all.put(key, form);
            }
        });
        return Map.copyOf(all);
    }

    /** Writes an entry's next stored form. */
    public void put(EntryKey key, JsonNode form) {
        written.put(key, form);
    }

    /** Removes an entry without a trace in the state; the audit keeps what it was. */
    public void remove(EntryKey key) {
        written.put(key, NullNode.getInstance());
    }

    /** What it changes, by kind and key. */
    List<AuditEntry.Diff> diffs() {
        List<AuditEntry.Diff> diffs = new ArrayList<>();
        written.forEach((key, form) -> {
            JsonNode before = standing.stored(key).orElse(NullNode.getInstance());
            if (!before.equals(form)) {
                diffs.add(new AuditEntry.Diff(before, new Write(key.kind(), key.key(), form)));
            }
        });
        return diffs;
    }
}
