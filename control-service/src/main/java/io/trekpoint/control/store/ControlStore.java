package io.trekpoint.control.store;

import com.fasterxml.jackson.databind.node.NullNode;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.Revision;
import io.trekpoint.lanes.mirror.Standing;
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
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The one way to change the control state: compute entries from what stands in Redis, then make the
 * revision if nobody else did meanwhile. Writers of one process take turns; those of other replicas
 * are met by trying again. Thread-safe.
 */
@Singleton
public final class ControlStore {
    private static final Logger LOG = Logger.getLogger(ControlStore.class);
    private static final int ATTEMPTS = 10;
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int EPOCH_BYTES = 16;
    private static final int LARGEST_REVISION_CHARACTERS = 32 * 1024 * 1024;
    private static final int NAMED_IN_LOG = 5;

    private final ControlJournal journal;
    private final Mirror mirror;
    private final InstantSource clock;
    private final Appender appender;
    private final Coherence coherence;
    private final ReentrantLock turn = new ReentrantLock(true);

    ControlStore(ControlJournal journal, Mirror mirror, InstantSource clock) {
        this.journal = journal;
        this.mirror = mirror;
        this.clock = clock;
        this.appender = new Appender(journal, mirror);
        this.coherence = new Coherence(mirror);
    }

    /**
     * Makes one revision of any number of entries, or none, and waits a moment for this service's
     * own mirror to have it.
     *
     * @param reads what the plan reads
     * @param plan what is to be changed
     * @throws ProblemException when there is no control state, or Redis holds another one than the
     *     mirror knows; when an entry would be out of bounds; and whatever the plan throws, with
     *     nothing written
     * @throws io.trekpoint.lanes.setting.InvalidSettingException when settings would not go
     *     together
     * @throws LaneException when Redis does not take it
     */
    public Made change(Intent intent, Reads reads, Plan plan) {
        Landing landing = inTurn(intent, reads, plan);
        landing.head().ifPresent(appender::awaitOwnMirror);
        return landing.made();
    }

    /**
     * What came of a change.
     *
     * @param head the head of the revision that it made; empty where there was nothing to change
     */
    private record Landing(Made made, Optional<Head> head) {}

    private Landing inTurn(Intent intent, Reads reads, Plan plan) {
        takeTurn();
        try {
            return tryChange(intent, reads, plan);
        } finally {
            turn.unlock();
        }
    }

    /**
     * What {@link #change(Intent, Reads, Plan)} would do.
     *
     * @throws ProblemException as it does
     */
    public Made rehearse(Intent intent, Reads reads, Plan plan) {
        Standing standing = standing(reads);
        return new Made(standing.head().revision(), draw(standing, intent, reads, plan, now()));
    }

    /**
     * Changes one entry.
     *
     * @throws ProblemException as {@link #change(Intent, Reads, Plan)}
     * @throws LaneException when Redis does not take it
     */
    public Outcome change(Kind kind, String key, Intent intent, Edit edit) {
        OneEntry plan = new OneEntry(new EntryKey(kind, key), edit);
        return plan.outcome(change(intent, plan.reads(), plan));
    }

    /**
     * What {@link #change(Kind, String, Intent, Edit)} would do.
     *
     * @throws ProblemException as it does
     */
    public Outcome rehearse(Kind kind, String key, Intent intent, Edit edit) {
        OneEntry plan = new OneEntry(new EntryKey(kind, key), edit);
        return plan.outcome(rehearse(intent, plan.reads(), plan));
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
        if (!appender.append(revision)) {
            return Optional.empty();
        }
        LOG.infof("control state created, epoch %s, chain %s", epoch, revision.head().hash());
        appender.awaitOwnMirror(revision.head());
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

    private Landing tryChange(Intent intent, Reads reads, Plan plan) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Standing standing = standing(reads);
            Instant now = now();
            Head base = standing.head();
            List<AuditEntry.Diff> diffs = draw(standing, intent, reads, plan, now);
            if (diffs.isEmpty()) {
                return new Landing(new Made(base.revision(), diffs), Optional.empty());
            }
            Revision revision = revision(base, base.epoch(), now, intent, diffs);
            if (appender.append(revision)) {
                log(revision, intent);
                return new Landing(
                        new Made(revision.head().revision(), diffs), Optional.of(revision.head()));
            }
        }
        throw new ProblemException(
                ProblemType.CONTROL_UNAVAILABLE,
                "Others changed the control state " + ATTEMPTS + " times meanwhile.");
    }

    private List<AuditEntry.Diff> draw(
            Standing standing, Intent intent, Reads reads, Plan plan, Instant now) {
        Draft draft = new Draft(standing, reads, lastChange(standing.head(), intent, now));
        plan.draw(draft);
        List<AuditEntry.Diff> diffs = draft.diffs();
        diffs.forEach(StoredForm::check);
        coherence.check(draft.change(), diffs);
        return diffs;
    }

    private Standing standing(Reads reads) {
        Head before = mirror.current().state().head();
        Standing standing =
                switch (reads) {
                    case Reads.Entries(var keys) -> journal.standing(keys);
                    case Reads.Everything() -> journal.whole();
                };
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
        if (audit.length() > LARGEST_REVISION_CHARACTERS) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "That is too much to change as one revision.");
        }
        Head head = new Head(epoch, next, AuditEntry.chain(base.hash(), audit));
        return new Revision(base, head, diffs.stream().map(AuditEntry.Diff::write).toList(), audit);
    }

    private static void log(Revision revision, Intent intent) {
        int writes = revision.writes().size();
        LOG.infof(
                "revision %d: %s of %s%s by %s, chain %s",
                revision.head().revision(),
                intent.action(),
                revision.writes().stream()
                        .limit(NAMED_IN_LOG)
                        .map(write -> write.entry().toString())
                        .collect(Collectors.joining(", ")),
                writes > NAMED_IN_LOG ? " and " + (writes - NAMED_IN_LOG) + " more" : "",
                intent.actor(),
                revision.head().hash());
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
}
