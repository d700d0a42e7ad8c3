package io.trekpoint.control.store;

import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.instance.RollCall;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.ControlSnapshot;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.Revision;
import io.trekpoint.lanes.mirror.Write;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Puts the state that this service knows back into a Redis that has lost it, on an operator's word
 * and on nobody else's.
 */
@Singleton
public final class StateRestorer {
    /** The highest revision that is believed: scripts count exactly up to nine times as many. */
    public static final long HIGHEST = 1_000_000_000_000_000L;

    private static final Logger LOG = Logger.getLogger(StateRestorer.class);
    private static final Duration OWN_MIRROR = Duration.ofSeconds(5);

    private final ControlJournal journal;
    private final Mirror mirror;
    private final RollCall instances;
    private final InstantSource clock;

    StateRestorer(ControlJournal journal, Mirror mirror, RollCall instances, InstantSource clock) {
        this.journal = journal;
        this.mirror = mirror;
        this.instances = instances;
        this.clock = clock;
    }

    /**
     * Writes this service's state as a revision above every known one. Every mirror takes it, and
     * its alarm is over.
     *
     * @param by who says so, and why
     * @param above a revision that some service is known to have had; 0 for what the instances say
     *     that are there
     * @param replaced the epoch of another data set that may be overwritten; empty for none
     * @return the head it made
     * @throws ProblemException when nothing is known here, when Redis holds what is known here, or
     *     holds what must not be overwritten
     * @throws LaneException when Redis does not take it
     */
    public Head restore(Intent by, long above, String replaced) {
        ControlSnapshot snapshot = mirror.current();
        Head base = snapshot.state().head();
        if (!base.known()) {
            throw new ProblemException(
                    ProblemType.NOT_INITIALISED, "No state is known here that could be restored.");
        }
        if (snapshot.alarm() == null) {
            throw new ProblemException(
                    ProblemType.NOT_DIVERGED,
                    "Redis holds revision " + base.revision() + ", or does not answer.");
        }
        long highest = Math.max(above, highestThere());
        Revision revision = revision(by, snapshot, next(base.revision(), highest));
        switch (journal.restore(revision, replaced)) {
            case DONE -> done(revision, by);
            case THERE_ALREADY ->
                    throw new ProblemException(
                            ProblemType.NOT_DIVERGED,
                            "Redis holds this data set at revision "
                                    + revision.head().revision()
                                    + " or a later one. To go above it, say above which revision.");
            case OCCUPIED ->
                    throw new ProblemException(
                            ProblemType.ALREADY_INITIALISED,
                            "Redis holds another data set. To overwrite it, name its epoch as"
                                    + " replacing.");
        }
        return revision.head();
    }

    /**
     * The next revision follows from this service's own. Over a higher one it leaps by two, so that
     * no mirror takes it for the successor of a revision that is lost.
     */
    private static long next(long own, long highest) {
        return highest > own ? highest + 2 : own + 1;
    }

    private long highestThere() {
        return instances.read().present().stream()
                .mapToLong(each -> each.beat().revision())
                .filter(revision -> revision <= HIGHEST)
                .max()
                .orElse(0);
    }

    private Revision revision(Intent by, ControlSnapshot snapshot, long next) {
        Head base = snapshot.state().head();
        String audit =
                new AuditEntry(
                                base.epoch(),
                                next,
                                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                                AuditEntry.RESTORE_STATE,
                                by.actor(),
                                by.requestId(),
                                by.reason(),
                                List.of())
                        .json();
        Head head = new Head(base.epoch(), next, AuditEntry.chain(base.hash(), audit));
        List<Write> writes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            snapshot.state()
                    .stored(kind)
                    .forEach((key, form) -> writes.add(new Write(kind, key, form)));
        }
        return new Revision(base, head, writes, audit);
    }

    private void done(Revision revision, Intent by) {
        LOG.warnf(
                "the control state of revision %d was restored as revision %d by %s, chain %s",
                revision.base().revision(),
                revision.head().revision(),
                by.actor(),
                revision.head().hash());
        try {
            if (!mirror.awaitRevision(revision.head().revision(), OWN_MIRROR)) {
                LOG.warnf(
                        "the own mirror does not have revision %d yet", revision.head().revision());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
