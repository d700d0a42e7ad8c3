package io.trekpoint.control.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.guard.Backoff;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.ControlJournal.Standing;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.Revision;
import io.trekpoint.lanes.mirror.Write;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * The one way to change the control state: compute an entry from what stands in Redis, then make
 * the revision if nobody else did meanwhile. Writers of one process take turns; those of other
 * replicas are met by trying again. Thread-safe.
 */
@Singleton
public final class ControlStore {
    private static final Logger LOG = Logger.getLogger(ControlStore.class);
    private static final int ATTEMPTS = 10;
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration OWN_MIRROR = Duration.ofSeconds(1);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration SETTLING_PAUSE = Duration.ofMillis(100);
    private static final int EPOCH_BYTES = 16;

    private final ControlJournal journal;
    private final Mirror mirror;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock(true);

    ControlStore(ControlJournal journal, Mirror mirror, InstantSource clock) {
        this.journal = journal;
        this.mirror = mirror;
        this.clock = clock;
    }

    /**
     * Changes one entry, and waits a moment for this service's own mirror to have it.
     *
     * @throws ProblemException when there is no control state, or Redis holds another one than the
     *     mirror knows
     * @throws LaneException when Redis does not take it
     */
    public Outcome change(Kind kind, String key, Intent intent, Edit edit) {
        takeTurn();
        try {
            return tryChange(kind, key, intent, edit);
        } finally {
            turn.unlock();
        }
    }

    /**
     * What {@link #change} would do.
     *
     * @throws ProblemException as {@link #change}
     */
    public Outcome rehearse(Kind kind, String key, Intent intent, Edit edit) {
        Standing standing = standing(kind, key);
        JsonNode before = orNull(standing.stored());
        return edit.next(standing.stored(), lastChange(standing.head(), intent, now()))
                .map(after -> new Outcome(standing.head().revision(), before, after))
                .orElseGet(() -> Outcome.nothing(standing.head().revision(), before));
    }

    /**
     * Creates a data set with its first clients.
     *
     * @param writes the clients, given the time of the change
     * @return its head; empty where anything of a data set is in Redis, or this service has ever
     *     known one
     * @throws ProblemException when this service has a snapshot of one that it cannot read
     * @throws LaneException when Redis does not take it
     */
    public Optional<Head> init(String requestId, Function<LastChange, List<Write>> writes) {
        if (mirror.current().state().head().known()) {
            return Optional.empty();
        }
        mirror.damagedSnapshot().ifPresent(ControlStore::refuseOverDamaged);
        byte[] random = new byte[EPOCH_BYTES];
        new SecureRandom().nextBytes(random);
        String epoch = HexFormat.of().formatHex(random);
        Intent intent = new Intent("init", "init", "The data set was created.", requestId);
        Instant now = now();
        List<AuditEntry.Diff> diffs =
                writes.apply(lastChange(Head.NONE, intent, now)).stream()
                        .map(write -> new AuditEntry.Diff(NullNode.getInstance(), write))
                        .toList();
        Revision revision = revision(Head.NONE, epoch, now, intent, diffs);
        if (!append(revision)) {
            return Optional.empty();
        }
        LOG.infof("control state created, epoch %s", epoch);
        awaitOwnMirror(revision.head());
        return Optional.of(revision.head());
    }

    private static void refuseOverDamaged(Path snapshot) {
        throw new ProblemException(
                ProblemType.ALREADY_INITIALISED,
                "A control state was known here, and its snapshot is damaged. Bring that state back,"
                        + " or take the file "
                        + snapshot.getFileName()
                        + " away to create another one.");
    }

    private Outcome tryChange(Kind kind, String key, Intent intent, Edit edit) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Standing standing = standing(kind, key);
            Instant now = now();
            JsonNode before = orNull(standing.stored());
            Optional<JsonNode> after =
                    edit.next(standing.stored(), lastChange(standing.head(), intent, now));
            if (after.isEmpty()) {
                return Outcome.nothing(standing.head().revision(), before);
            }
            var diff = new AuditEntry.Diff(before, new Write(kind, key, after.get()));
            Revision revision =
                    revision(standing.head(), standing.head().epoch(), now, intent, List.of(diff));
            if (append(revision)) {
                LOG.infof(
                        "revision %d: %s of %s %s by %s, chain %s",
                        revision.head().revision(),
                        intent.action(),
                        kind.label(),
                        key,
                        intent.actor(),
                        revision.head().hash());
                awaitOwnMirror(revision.head());
                return new Outcome(revision.head().revision(), before, after.get());
            }
        }
        throw new ProblemException(
                ProblemType.CONTROL_UNAVAILABLE,
                "Others changed the control state " + ATTEMPTS + " times meanwhile.");
    }

    private boolean append(Revision revision) {
        try {
            return journal.append(revision);
        } catch (LaneException e) {
            if (!e.mayHaveExecuted()) {
                throw e;
            }
            return settle(revision, e);
        }
    }

    /**
     * Finds out what became of a revision that Redis did not answer for, by asking for it again: of
     * the two, whichever is carried out first makes it, and the other finds another head.
     */
    private boolean settle(Revision revision, LaneException unanswered) {
        long until = System.nanoTime() + SETTLING.toNanos();
        Backoff backoff = new Backoff(SETTLING_PAUSE, SETTLING_PAUSE, RandomGenerator.getDefault());
        while (System.nanoTime() < until && waited(backoff)) {
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

    private static boolean waited(Backoff backoff) {
        try {
            backoff.pause();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Standing standing(Kind kind, String key) {
        Head before = mirror.current().state().head();
        Standing standing = journal.standing(kind, key);
        mirror.divergence(before, standing.head())
                .ifPresent(divergence -> {
                    throw new ProblemException(
                            ProblemType.CONTROL_DIVERGED,
                            "Nothing is written while " + divergence.text() + ".");
                });
        if (!standing.head().known()) {
            throw new ProblemException(
                    ProblemType.NOT_INITIALISED, "POST /v1/init creates the control state.");
        }
        return standing;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static LastChange lastChange(Head base, Intent intent, Instant now) {
        return new LastChange(base.revision() + 1, intent.actor(), intent.reason(), now);
    }

    private static Revision revision(
            Head base, String epoch, Instant now, Intent intent, List<AuditEntry.Diff> diffs) {
        long next = base.revision() + 1;
        String audit =
                new AuditEntry(
                                epoch,
                                next,
                                now,
                                intent.action(),
                                intent.actor(),
                                intent.requestId(),
                                intent.reason(),
                                diffs)
                        .json();
        Head head = new Head(epoch, next, AuditEntry.chain(base.hash(), audit));
        return new Revision(base, head, diffs.stream().map(AuditEntry.Diff::write).toList(), audit);
    }

    private static JsonNode orNull(Optional<JsonNode> stored) {
        return stored.orElse(NullNode.getInstance());
    }

    private void takeTurn() {
        try {
            if (turn.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                ProblemType.CONTROL_UNAVAILABLE, "Too many changes are waiting for their turn.");
    }

    private void awaitOwnMirror(Head head) {
        try {
            if (!mirror.awaitRevision(head.revision(), OWN_MIRROR)) {
                LOG.warnf("the own mirror does not have revision %d yet", head.revision());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
