package io.trekpoint.control.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.mirror.EntryBounds;
import io.trekpoint.lanes.mirror.EntryKey;

/** Keeps what no service could read out of the control state. */
public final class StoredForm {
    private StoredForm() {}

    /**
     * Checks what a change makes of an entry. One that is out of bounds already may be left no
     * worse than it is: it can be killed, before all.
     *
     * @throws ProblemException 413 or 422 naming the entry, when it would be larger or deeper than
     *     {@link EntryBounds} say
     */
    static void check(AuditEntry.Diff diff) {
        JsonNode before = diff.before();
        JsonNode after = diff.write().value();
        EntryKey entry = diff.write().entry();
        checkSize(
                entry,
                after,
                Math.max(EntryBounds.LARGEST_CONTENT_BYTES, EntryBounds.contentBytes(before)));
        if (EntryBounds.tooDeep(after) && !EntryBounds.tooDeep(before)) {
            throw ProblemException.invalid(
                    ProblemType.INVALID_VALUE,
                    entry.toString(),
                    "is nested deeper than " + EntryBounds.DEEPEST + " levels");
        }
    }

    /**
     * Checks how large the content of a form is that is to be stored.
     *
     * @param most in bytes
     * @throws ProblemException 413 naming the entry
     */
    public static void checkSize(EntryKey entry, JsonNode form, int most) {
        int bytes = EntryBounds.contentBytes(form);
        if (bytes > most) {
            throw ProblemException.invalid(
                    ProblemType.TOO_LARGE,
                    entry.toString(),
                    "must be at most " + most + " bytes as it is stored, and would be " + bytes);
        }
    }
}
