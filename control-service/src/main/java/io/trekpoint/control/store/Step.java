package io.trekpoint.control.store;

import io.trekpoint.lanes.mirror.EntryKey;

/**
 * A change of one entry, alone or as a part of a larger one.
 *
 * @param entry which entry
 * @param edit how it is changed
 */
public record Step(EntryKey entry, Edit edit) {
    /** Makes it a part of a draft. */
    public void draw(Draft draft) {
        edit.next(draft.stored(entry), draft.change()).ifPresent(form -> draft.put(entry, form));
    }
}
