package io.trekpoint.control.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.trekpoint.lanes.mirror.AuditStream;
import io.trekpoint.lanes.mirror.ControlSnapshot;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorConfig;
import io.trekpoint.lanes.setting.ControlSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop that copies each revision of the audit to this replica's volume soon after it is made,
 * and then lets the stream in Redis be cut to what is to be kept. While the control state diverges
 * it rests.
 */
@Startup
@Singleton
final class Archiver {
    private static final Logger LOG = Logger.getLogger(Archiver.class);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final int HEX_DIGITS_OF_A_DOUBLE = 12;

    private final AuditConfig config;
    private final Optional<Path> directory;
    private final AuditStream stream;
    private final Mirror mirror;
    private final Counter failures;
    private final Optional<Loop> loop;
    private volatile @Nullable AuditArchive archive;
    private String epoch = "";

    Archiver(
            AuditConfig config,
            MirrorConfig mirrors,
            AuditStream stream,
            Mirror mirror,
            MeterRegistry meters) {
        this.config = config;
        this.directory = config.dir().or(() -> mirrors.snapshotDir().map(d -> d.resolve("audit")));
        this.stream = stream;
        this.mirror = mirror;
        this.failures =
                Counter.builder("trek.audit.archive.failures")
                        .description("Revisions of the audit that could not be archived in time")
                        .register(meters);
        bind(meters);
        this.loop = directory.map(to -> Loop.start("audit-archive", () -> turn(to)));
        if (loop.isEmpty()) {
            LOG.warn("the audit is not archived: neither an audit nor a snapshot directory is set");
        }
    }

    /** The archive of the present data set; empty where nothing is archived. */
    Optional<AuditArchive> archive() {
        return Optional.ofNullable(archive);
    }

    /** Before the clients of Redis do. */
    void stop(@Observes ShutdownEvent event) {
        loop.ifPresent(Loop::close);
    }

    private Duration turn(Path to) throws InterruptedException {
        ControlSnapshot snapshot = mirror.current();
        Head head = snapshot.state().head();
        if (!head.known() || snapshot.alarm() != null) {
            return openEarly(to, head);
        }
        try {
            AuditArchive open = open(to, head.epoch());
            boolean further = copyPart(open);
            report(to, open);
            if (!further) {
                boolean _ =
                        mirror.awaitRevision(
                                last(open).map(AuditRecord::revision).orElse(0L) + 1, WAIT);
            }
            return Duration.ZERO;
        } catch (IOException e) {
            failures.increment();
            LOG.errorf("the audit is not archived: %s", e.toString());
            // Opened anew it knows again which lines are whole.
            archive = null;
            return WAIT;
        }
    }

    /** What is archived can be read under an alarm too. */
    private Duration openEarly(Path to, Head head) {
        try {
            if (head.known()) {
                open(to, head.epoch());
            }
        } catch (IOException e) {
            LOG.debugf("no archive: %s", e.toString());
        }
        return REST;
    }

    private AuditArchive open(Path to, String ofEpoch) throws IOException {
        AuditArchive open = archive;
        if (open == null || !epoch.equals(ofEpoch)) {
            open = AuditArchive.open(to, ofEpoch);
            epoch = ofEpoch;
            archive = open;
        }
        return open;
    }

    private boolean copyPart(AuditArchive to) throws IOException {
        Optional<AuditRecord> last = last(to);
        List<AuditRecord> part = stream.after(last.map(AuditRecord::revision).orElse(0L));
        if (part.isEmpty()) {
            return false;
        }
        AuditRecord first = part.getFirst();
        if (last.isPresent() && !first.previous().equals(last.get().hash())) {
            failures.increment();
            LOG.errorf(
                    "revision %d of the audit does not follow from revision %d in the archive",
                    first.revision(), last.get().revision());
        }
        to.add(part);
        return true;
    }

    private void report(Path to, AuditArchive open) throws IOException {
        Optional<AuditRecord> last = last(open);
        if (last.isPresent()) {
            long gone =
                    stream.archived(
                            volume(to), last.get().revision(), kept(), config.volumeSilence());
            if (gone > 0) {
                LOG.infof(
                        "%d revisions of the audit are in the archive alone now, up to date at"
                                + " revision %d, chain %s",
                        gone, last.get().revision(), last.get().hash());
            }
        }
    }

    private int kept() {
        return mirror.current().state().get(ControlSettings.AUDIT_KEPT);
    }

    /** The identity of the volume, made at its first use: replicas come and go, volumes stay. */
    private static String volume(Path to) throws IOException {
        Path file = to.resolve("volume");
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    private static Optional<AuditRecord> last(AuditArchive archive) {
        return archive.last();
    }

    private void bind(MeterRegistry meters) {
        Gauge.builder("trek.audit.archived", this, Archiver::archivedTo)
                .description("The newest revision of the audit on this replica's volume")
                .register(meters);
        Gauge.builder("trek.audit.chain", mirror, m -> leadingDigits(m.current().state().head()))
                .description(
                        "The first 12 hex digits of the head of the audit's chain, as a number: a"
                                + " witness outside Redis, beside trek.mirror.revision")
                .register(meters);
    }

    private double archivedTo() {
        return archive().flatMap(AuditArchive::last).map(AuditRecord::revision).orElse(0L);
    }

    private static double leadingDigits(Head head) {
        return head.hash().length() < HEX_DIGITS_OF_A_DOUBLE
                ? 0
                : Long.parseLong(head.hash().substring(0, HEX_DIGITS_OF_A_DOUBLE), 16);
    }
}
