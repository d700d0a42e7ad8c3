package io.trekpoint.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.mirror.AuditRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the audit.
 *
 * @param records newest first
 * @param next the {@code cursor} of the next page, which may turn out to be empty; absent where the
 *     audit ends
 */
public record AuditPage(List<AuditedRevision> records, @Nullable Long next) {
    /**
     * One revision.
     *
     * @param revision the revision
     * @param entry {@code {epoch, revision, at, action, actor, requestId, reason, changes: [{kind,
     *     key, before, after}]}}; absent where what is stored cannot be read
     * @param unreadable true where it cannot; else absent
     * @param previous the hash of the revision before it; empty for the first
     * @param hash SHA-256 in hex of {@code previous} and the entry as it was stored
     */
    public record AuditedRevision(
            long revision,
            @Nullable JsonNode entry,
            @Nullable Boolean unreadable,
            String previous,
            String hash) {
        static AuditedRevision of(AuditRecord stored, @Nullable JsonNode entry) {
            return new AuditedRevision(
                    stored.revision(),
                    entry,
                    entry == null ? true : null,
                    stored.previous(),
                    stored.hash());
        }
    }
}
