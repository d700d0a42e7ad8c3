package io.trekpoint.control.store;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.guard.Backoff;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.Revision;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Makes a computed revision, and finds out what became of one that Redis did not answer for. */
final class Appender {
    private static final Logger LOG = Logger.getLogger(Appender.class);
    private static final Duration OWN_MIRROR = Duration.ofSeconds(1);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration SETTLING_PAUSE = Duration.ofMillis(100);

    private final ControlJournal journal;
    private final Mirror mirror;

    Appender(ControlJournal journal, Mirror mirror) {
        this.journal = journal;
        this.mirror = mirror;
    }

    /**
     * Makes the revision.
     *
     * @return whether it was made; false when the head is no longer the one it was computed from
     * @throws ProblemException when it may have been made
     * @throws LaneException when Redis does not take it
     */
    boolean append(Revision revision) {
        try {
            return journal.append(revision);
        } catch (LaneException e) {
            if (!e.mayHaveExecuted()) {
                throw e;
            }
            return settle(revision, e);
        }
    }

    /** Waits a moment for this service's own mirror to have it. */
    void awaitOwnMirror(Head head) {
        try {
            if (!mirror.awaitRevision(head.revision(), OWN_MIRROR)) {
                LOG.warnf("the own mirror does not have revision %d yet", head.revision());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks for the revision again: of the two, whichever is carried out first makes it, and the
     * other finds another head.
     */
    private boolean settle(Revision revision, LaneException unanswered) {
        long until = System.nanoTime() + SETTLING.toNanos();
        Backoff backoff = new Backoff(SETTLING_PAUSE, SETTLING_PAUSE, RandomGenerator.getDefault());
        while (System.nanoTime() < until && backoff.tryPause()) {
            try {
                return journal.append(revision) || journal.made(revision.head());
            } catch (LaneException e) {
                LOG.debugf("revision %d: %s", revision.head().revision(), e.getMessage());
            }
        }
        LOG.warnf(
                "revision %d may have been made: %s",
                revision.head().revision(), unanswered.getMessage());
        throw new ProblemException(
                ProblemType.CONTROL_UNAVAILABLE,
                unanswered.getMessage()
                        + ". The change may have been made: read before you retry.");
    }
}
