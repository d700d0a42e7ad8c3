package io.trekpoint.control.store;

import io.trekpoint.control.audit.AuditEntry;
import java.util.List;

/**
 * What a change did, or would do.
 *
 * @param revision of the control state after it; for a dry run and a change of nothing, the present
 *     one
 * @param diffs each entry it wrote, by kind and key
 */
public record Made(long revision, List<AuditEntry.Diff> diffs) {
    /** Copies what it is given. */
    public Made {
        diffs = List.copyOf(diffs);
    }
}
