package io.trekpoint.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.problem.WholeNumber;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows one entry back through its changes. Each stored form names the revision that made it, and
 * the audit of that revision has the form before it: so a history costs as many reads as it has
 * changes, however long the audit is.
 */
@Singleton
public final class History {
    private static final int MOST = 200;
    private static final int MOST_FOLLOWED = 10_000;

    private final AuditTrail trail;
    private final Mirror mirror;

    History(AuditTrail trail, Mirror mirror) {
        this.trail = trail;
        this.mirror = mirror;
    }

    /**
     * A page of an entry's history.
     *
     * @param declared whether it can be read although nobody has stored it
     * @param cursor where the page before this one ended; absent for the first
     * @param limit at most so many, 1 to 200; absent for 50
     * @throws ProblemException 404 for an entry that was never stored, 400 for another cursor or
     *     limit
     */
    public EntryHistory of(
            EntryKey entry, boolean declared, @Nullable String cursor, @Nullable String limit) {
        int most = limit == null ? 50 : (int) WholeNumber.of("limit", limit, 1, MOST);
        long revision =
                cursor == null
                        ? newest(entry, declared)
                        : WholeNumber.of("cursor", cursor, 1, Long.MAX_VALUE);
        List<EntryHistory.Version> versions = new ArrayList<>();
        while (revision > 0 && versions.size() < most) {
            Optional<EntryHistory.Version> version = version(entry, revision);
            if (version.isEmpty()) {
                return new EntryHistory(entry.key(), versions, null, false);
            }
            versions.add(version.get());
            revision = madeAt(version.get().before());
        }
        return new EntryHistory(entry.key(), versions, revision > 0 ? revision : null, true);
    }

    /**
     * The form that an entry had at a revision.
     *
     * @throws ProblemException 422 where it was not there then, 404 where nobody here knows
     */
    public JsonNode at(EntryKey entry, long revision) {
        long made = newest(entry, false);
        for (int followed = 0; made > 0 && followed < MOST_FOLLOWED; followed++) {
            EntryHistory.Version version =
                    version(entry, made)
                            .orElseThrow(() ->
                                    new ProblemException(
                                            ProblemType.NOT_FOUND,
                                            "The audit of revision "
                                                    + revision
                                                    + " is not kept here."));
            if (version.revision() <= revision) {
                return present(version.after(), revision);
            }
            made = madeAt(version.before());
        }
        throw absent(revision);
    }

    private static JsonNode present(JsonNode form, long revision) {
        if (form.isNull() || EntryCodec.isDeleted(form)) {
            throw absent(revision);
        }
        return form;
    }

    private static ProblemException absent(long revision) {
        return ProblemException.invalid(
                ProblemType.INVALID_VALUE,
                "revision",
                "must be one at which it was there; at " + revision + " it was not");
    }

    private long newest(EntryKey entry, boolean declared) {
        JsonNode stored = mirror.current().state().stored(entry.kind()).get(entry.key());
        if (stored == null && declared) {
            return 0;
        }
        if (stored == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "Nobody has ever stored the " + entry + ".");
        }
        return madeAt(stored);
    }

    private Optional<EntryHistory.Version> version(EntryKey entry, long revision) {
        return trail.find(revision).flatMap(record -> version(entry, record));
    }

    private static Optional<EntryHistory.Version> version(EntryKey entry, AuditRecord record) {
        JsonNode audited = AuditEntry.read(record).orElse(MissingNode.getInstance());
        for (JsonNode change : audited.path("changes")) {
            if (change.path("kind").asText().equals(entry.kind().label())
                    && change.path("key").asText().equals(entry.key())) {
                return Optional.of(
                        new EntryHistory.Version(
                                record.revision(),
                                audited.path("at").asText(),
                                audited.path("action").asText(),
                                audited.path("actor").asText(),
                                audited.path("reason").asText(),
                                audited.path("requestId").asText(),
                                change.path("before"),
                                change.path("after"),
                                Difference.between(change.path("before"), change.path("after"))));
            }
        }
        return Optional.empty();
    }

    private static long madeAt(JsonNode form) {
        return form.path("revision").asLong();
    }
}
