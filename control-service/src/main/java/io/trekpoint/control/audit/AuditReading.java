package io.trekpoint.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.mirror.AuditRecord;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Answers queries of the audit. */
@Singleton
final class AuditReading {
    /** One call looks at no more revisions than this; its cursor leads on from there. */
    private static final int MOST_LOOKED_AT = 2_000;

    private final AuditTrail trail;

    AuditReading(AuditTrail trail) {
        this.trail = trail;
    }

    AuditPage page(AuditQuery query) {
        query.check();
        int most = query.most();
        List<AuditPage.AuditedRevision> found = new ArrayList<>();
        long next = query.below();
        for (int looked = 0; looked < MOST_LOOKED_AT; ) {
            List<AuditRecord> part = trail.before(next);
            if (part.isEmpty()) {
                return new AuditPage(found, null);
            }
            for (AuditRecord each : part) {
                JsonNode entry = AuditEntry.read(each).orElse(null);
                if (entry != null && query.endsBefore(entry)) {
                    return new AuditPage(found, null);
                }
                next = each.revision();
                looked++;
                if (entry == null ? query.takesAll() : query.takes(entry)) {
                    found.add(AuditPage.AuditedRevision.of(each, entry));
                }
                if (found.size() == most) {
                    return new AuditPage(found, next > 1 ? next : null);
                }
            }
        }
        return new AuditPage(found, next > 1 ? next : null);
    }
}
