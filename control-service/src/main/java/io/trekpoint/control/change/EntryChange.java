package io.trekpoint.control.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.control.audit.Difference;
import io.trekpoint.control.store.Made;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import java.util.List;

/**
 * What became of one entry.
 *
 * @param kind {@code flag}, {@code setting} or {@code client}
 * @param key its key
 * @param change "added", "changed" or "removed"
 * @param before its stored form; JSON null where it was not there
 * @param after its stored form; JSON null where it is not there
 * @param differences where the two differ
 */
@RegisterForReflection
public record EntryChange(
        String kind,
        String key,
        String change,
        JsonNode before,
        JsonNode after,
        List<Difference> differences) {

    /** What became of each flag, setting and client. */
    public static List<EntryChange> of(Made made) {
        return made.diffs().stream()
                .filter(diff -> diff.write().kind() != Kind.SCHEDULE)
                .map(EntryChange::of)
                .toList();
    }

    private static EntryChange of(AuditEntry.Diff diff) {
        JsonNode before = shown(diff.before());
        JsonNode after = shown(diff.write().value());
        return new EntryChange(
                diff.write().kind().label(),
                diff.write().key(),
                absent(before) ? "added" : absent(after) ? "removed" : "changed",
                before,
                after,
                Difference.between(before, after));
    }

    private static boolean absent(JsonNode form) {
        return form.isNull() || EntryCodec.isDeleted(form);
    }

    private static JsonNode shown(JsonNode form) {
        return form instanceof ObjectNode object ? object.deepCopy().without("secretHashes") : form;
    }
}
