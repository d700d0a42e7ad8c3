package io.trekpoint.control.audit;

import io.trekpoint.control.audit.ChainCheck.Flaw;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.trekpoint.lanes.mirror.AuditStream;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the chain on this replica's volume and the one in Redis, each as a whole: what both have,
 * both must have alike, and the newest revision must be the head that this service's mirror has.
 */
@Singleton
final class AuditVerifier {
    private static final String ARCHIVE = "archive";
    private static final String STREAM = "stream";

    private final AuditStream stream;
    private final Archiver archiver;
    private final Mirror mirror;

    AuditVerifier(AuditStream stream, Archiver archiver, Mirror mirror) {
        this.stream = stream;
        this.archiver = archiver;
        this.mirror = mirror;
    }

    AuditVerdict verify() {
        Head head = mirror.current().state().head();
        Found archived = archived();
        if (archived.flaw != null) {
            return broken(archived.check, archived.check, archived.flaw, ARCHIVE);
        }
        Found streamed = streamed(archived);
        if (streamed.flaw != null) {
            return broken(archived.check, streamed.check, streamed.flaw, STREAM);
        }
        ChainCheck last =
                streamed.check.revision() >= archived.check.revision()
                        ? streamed.check
                        : archived.check;
        Optional<Flaw> atHead = atHead(head, last, archived, streamed);
        if (atHead.isPresent()) {
            return broken(archived.check, last, atHead.get(), STREAM);
        }
        return new AuditVerdict(
                true, first(archived.check, last), last.revision(), last.hash(), null, null, null);
    }

    /** What came in since the head was read may be further, and its hash is in what was read. */
    private static Optional<Flaw> atHead(
            Head head, ChainCheck last, Found archived, Found streamed) {
        if (last.revision() < head.revision()) {
            return Optional.of(
                    new Flaw(
                            last.revision() + 1,
                            "it is missing: the head is at " + head.revision()));
        }
        String hash =
                streamed.hashes.getOrDefault(
                        head.revision(), archived.hashes.getOrDefault(head.revision(), ""));
        return !head.known() || hash.equals(head.hash())
                ? Optional.empty()
                : Optional.of(new Flaw(head.revision(), "the head has another hash"));
    }

    private Found archived() {
        Found found = new Found();
        Optional<AuditArchive> archive = archiver.archive();
        if (archive.isPresent()) {
            for (List<AuditRecord> part = archive.get().after(0);
                    !part.isEmpty();
                    part = archive.get().after(part.getLast().revision())) {
                part.forEach(found::take);
            }
        }
        return found;
    }

    private Found streamed(Found archived) {
        Found found = new Found();
        for (List<AuditRecord> part = stream.after(0);
                !part.isEmpty() && found.flaw == null;
                part = stream.after(part.getLast().revision())) {
            for (AuditRecord each : part) {
                String known = archived.hashes.get(each.revision());
                if (found.flaw == null && known != null && !known.equals(each.hash())) {
                    found.flaw = new Flaw(each.revision(), "it is another one than in the archive");
                }
                boolean joins =
                        found.check.from() != 0
                                || each.revision() <= archived.check.revision()
                                || archived.check.from() == 0
                                || each.previous().equals(archived.check.hash());
                if (found.flaw == null && !joins) {
                    found.flaw =
                            new Flaw(each.revision(), "it does not follow from the archive's end");
                }
                found.take(each);
            }
        }
        return found;
    }

    private static AuditVerdict broken(
            ChainCheck archived, ChainCheck whole, Flaw flaw, String where) {
        return new AuditVerdict(
                false,
                first(archived, whole),
                whole.revision(),
                whole.hash(),
                flaw.revision(),
                flaw.why(),
                where);
    }

    private static long first(ChainCheck archived, ChainCheck other) {
        return archived.from() == 0 ? other.from() : archived.from();
    }

    /** A chain as far as it has been followed. The hashes are 64 characters each. */
    private static final class Found {
        final ChainCheck check = new ChainCheck();
        final Map<Long, String> hashes = new HashMap<>();
        @Nullable Flaw flaw;

        void take(AuditRecord next) {
            if (flaw == null) {
                flaw = check.take(next).orElse(null);
                hashes.put(next.revision(), next.hash());
            }
        }
    }
}
