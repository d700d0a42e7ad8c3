package io.trekpoint.control.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.trekpoint.lanes.mirror.EntryKey;

/** The plan of a change of one entry, which remembers what it found. Not thread-safe. */
final class OneEntry implements Plan {
    private final EntryKey entry;
    private final Edit edit;
    private JsonNode before = NullNode.getInstance();

    OneEntry(EntryKey entry, Edit edit) {
        this.entry = entry;
        this.edit = edit;
    }

    Reads reads() {
        return Reads.of(entry);
    }

    @Override
    public void draw(Draft draft) {
        before = draft.stored(entry).orElse(NullNode.getInstance());
        edit.next(draft.stored(entry), draft.change()).ifPresent(after -> draft.put(entry, after));
    }

    Outcome outcome(Made made) {
        return made.diffs().isEmpty()
                ? Outcome.nothing(made.revision(), before)
                : new Outcome(made.revision(), before, made.diffs().getFirst().write().value());
    }
}
