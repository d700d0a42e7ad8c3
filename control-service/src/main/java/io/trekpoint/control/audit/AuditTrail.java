package io.trekpoint.control.audit;

import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.trekpoint.lanes.mirror.AuditStream;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole audit, wherever it lies: on this replica's volume, or in Redis for what is not there
 * (yet). Reads go to the volume first, so that they cost Redis nothing and survive its loss.
 */
@Singleton
public final class AuditTrail {
    private static final int PART = 16;

    private final AuditStream stream;
    private final Archiver archiver;

    AuditTrail(AuditStream stream, Archiver archiver) {
        this.stream = stream;
        this.archiver = archiver;
    }

    /**
     * Revisions below that one, newest first; some of them, and none where there are no more.
     *
     * @throws LaneException when they are in Redis alone, and it does not answer
     */
    public List<AuditRecord> before(long revision) {
        Optional<AuditArchive> archive = archiver.archive();
        if (revision <= 1) {
            return List.of();
        }
        if (archive.isPresent() && archive.get().holds(revision - 1)) {
            return archive.get().before(revision, PART);
        }
        long archivedTo =
                archive.flatMap(AuditArchive::last)
                        .map(AuditRecord::revision)
                        .filter(to -> to < revision)
                        .orElse(0L);
        List<AuditRecord> newer = new ArrayList<>();
        for (AuditRecord each : streamBefore(revision, archivedTo)) {
            if (each.revision() > archivedTo) {
                newer.add(each);
            }
        }
        return newer.isEmpty() && archivedTo > 0
                ? archive.orElseThrow().before(revision, PART)
                : newer;
    }

    /**
     * The next revisions, oldest first; some of them, and none where there are no more.
     *
     * @throws LaneException when they are in Redis alone, and it does not answer
     */
    List<AuditRecord> after(long revision) {
        Optional<AuditArchive> archive = archiver.archive();
        if (archive.flatMap(AuditArchive::last).filter(l -> l.revision() > revision).isPresent()) {
            return archive.orElseThrow().after(revision);
        }
        return stream.after(revision);
    }

    /**
     * One revision; empty where nobody here has it.
     *
     * @throws LaneException when it is in Redis alone, and it does not answer
     */
    public Optional<AuditRecord> find(long revision) {
        return archiver.archive()
                .flatMap(archive -> archive.find(revision))
                .or(() ->
                        stream.before(revision + 1, 1).stream()
                                .filter(found -> found.revision() == revision)
                                .findFirst());
    }

    /** While Redis does not answer, what is archived is all there is to tell. */
    private List<AuditRecord> streamBefore(long revision, long archivedTo) {
        try {
            return stream.before(revision, PART);
        } catch (LaneException e) {
            if (archivedTo == 0) {
                throw e;
            }
            return List.of();
        }
    }
}
