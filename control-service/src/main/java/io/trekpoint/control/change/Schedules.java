package io.trekpoint.control.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.change.ChangeSteps.Steps;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.Draft;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Made;
import io.trekpoint.control.store.StoredForm;
import io.trekpoint.lanes.flag.InvalidFlagException;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryBounds;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.UnreadableException;
import io.trekpoint.lanes.setting.InvalidSettingException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Changes that are made at a time. A schedule is an entry of the control state like any other, and
 * the revision that makes its changes removes it: so they are made once, however many replicas try,
 * and a crash leaves them either made or waiting.
 */
@Singleton
final class Schedules {
    private static final Logger LOG = Logger.getLogger(Schedules.class);
    private static final int MOST_WAITING = 200;
    private static final int ID_BYTES = 8;
    private static final int LONGEST_FAILURE = 500;

    /** Leaves room for the failure, whatever its characters. */
    private static final int LARGEST_BYTES = EntryBounds.LARGEST_CONTENT_BYTES - 4 * 1024;

    private static final Duration FURTHEST = Duration.ofDays(366);

    private final ControlStore store;
    private final ChangeSteps steps;
    private final Mirror mirror;
    private final SecureRandom random = new SecureRandom();

    Schedules(ControlStore store, ChangeSteps steps, Mirror mirror) {
        this.store = store;
        this.steps = steps;
        this.mirror = mirror;
    }

    List<ScheduledChange> all() {
        return mirror.current().state().schedules().entrySet().stream()
                .flatMap(each -> read(each.getKey(), each.getValue()).stream())
                .sorted(Comparator.comparing(ScheduledChange::at))
                .toList();
    }

    ScheduledChange get(String id) {
        return Optional.ofNullable(mirror.current().state().schedules().get(id))
                .flatMap(entry -> read(id, entry))
                .orElseThrow(() -> unknown(id));
    }

    /**
     * Has changes wait for their time. They must be possible now, too.
     *
     * @throws ProblemException for a time that is past or too far, for more than one entry holds,
     *     and for what is wrong with them
     */
    ScheduledChange add(ChangeSet set, Instant at, Intent by) {
        rehearse(set, at, by);
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        EntryKey entry = key(HexFormat.of().formatHex(bytes));
        Made made =
                store.change(
                        by,
                        ChangeSteps.NONE.readsWith(entry),
                        draft -> {
                            checkTime(at, draft.redisTime());
                            Instant now = draft.change().at();
                            JsonNode form =
                                    form(
                                            draft,
                                            ScheduledChange.waiting(
                                                    entry.key(), set, at, by.actor(), now));
                            StoredForm.checkSize(entry, form, LARGEST_BYTES);
                            draft.put(entry, form);
                        });
        return read(entry.key(), made.diffs().getFirst().write().value()).orElseThrow();
    }

    /**
     * What the changes would do now, where they could be added.
     *
     * @throws ProblemException as {@link #add} does
     */
    Made rehearse(ChangeSet set, Instant at, Intent by) {
        if (mirror.current().state().schedules().size() >= MOST_WAITING) {
            throw ProblemException.invalid(
                    ProblemType.INVALID_VALUE,
                    "at",
                    "must wait: " + MOST_WAITING + " scheduled changes are there already");
        }
        Steps planned = steps.of(set.changes());
        return store.rehearse(
                by,
                planned.reads(),
                draft -> {
                    checkTime(at, draft.redisTime());
                    planned.draw(draft);
                });
    }

    /**
     * Takes one away that waits, or that has failed.
     *
     * @throws ProblemException 404 where it is not there, or was executed meanwhile
     */
    void cancel(String id, Intent by) {
        EntryKey entry = key(id);
        store.change(
                by,
                ChangeSteps.NONE.readsWith(entry),
                draft -> {
                    if (draft.stored(entry).isEmpty()) {
                        throw unknown(id);
                    }
                    draft.remove(entry);
                });
    }

    /**
     * Makes the changes of one that is due, or notes why they cannot be made, such as that its
     * author was revoked since; does nothing where another replica was first.
     *
     * @throws ProblemException where another try may end otherwise
     */
    void execute(ScheduledChange due) {
        Intent by = new Intent("scheduled", due.author(), due.reason(), "scheduled-" + due.id());
        EntryKey entry = key(due.id());
        if (!mayStill(due)) {
            fail(due, entry, by, "Who scheduled it may not make such changes any more.");
            return;
        }
        try {
            Steps planned = steps.of(due.changes());
            store.change(
                    by,
                    planned.readsWith(entry),
                    draft -> {
                        if (waits(draft, entry)) {
                            planned.draw(draft);
                            draft.remove(entry);
                        }
                    });
        } catch (ProblemException e) {
            if (e.isPassing()) {
                throw e;
            }
            fail(due, entry, by, String.valueOf(e.getMessage()));
        } catch (InvalidFlagException | InvalidSettingException e) {
            // What was right when it was scheduled no longer goes with what was changed since.
            fail(due, entry, by, String.valueOf(e.getMessage()));
        }
    }

    private boolean mayStill(ScheduledChange due) {
        return mirror.current()
                .state()
                .client(due.author())
                .filter(author -> !author.revoked())
                .filter(author -> author.has(ChangeSteps.roleFor(due.changes())))
                .isPresent();
    }

    private void fail(ScheduledChange due, EntryKey entry, Intent by, String why) {
        LOG.errorf("the changes scheduled as %s cannot be made: %s", due.id(), why);
        Intent failing = new Intent("scheduled-failed", by.actor(), by.reason(), by.requestId());
        store.change(
                failing,
                ChangeSteps.NONE.readsWith(entry),
                draft -> {
                    if (waits(draft, entry)) {
                        draft.put(entry, form(draft, due.failed(shortened(why))));
                    }
                });
    }

    private static boolean waits(Draft draft, EntryKey entry) {
        return draft.stored(entry)
                .flatMap(form -> read(entry.key(), form))
                .filter(ScheduledChange::waits)
                .isPresent();
    }

    private static JsonNode form(Draft draft, ScheduledChange change) {
        return EntryCodec.encodeSchedule(new Entry<>(change.json(), draft.change()));
    }

    private static String shortened(String why) {
        return why.length() > LONGEST_FAILURE ? why.substring(0, LONGEST_FAILURE) + "…" : why;
    }

    private static void checkTime(Instant at, Instant now) {
        if (!at.isAfter(now) || at.isAfter(now.plus(FURTHEST))) {
            throw ProblemException.invalid(
                    ProblemType.INVALID_VALUE,
                    "at",
                    "must be in the future, and at most a year away; it is " + now);
        }
    }

    /** What somebody else has put there is not executed, and not listed. */
    private static Optional<ScheduledChange> read(String id, Entry<JsonNode> entry) {
        try {
            return Optional.of(ScheduledChange.of(id, entry));
        } catch (RuntimeException e) {
            LOG.errorf("the schedule %s is unreadable: %s", id, e.toString());
            return Optional.empty();
        }
    }

    private static Optional<ScheduledChange> read(String id, JsonNode form) {
        try {
            return read(id, EntryCodec.decodeSchedule(id, form));
        } catch (UnreadableException e) {
            LOG.errorf("the schedule %s is unreadable", id);
            return Optional.empty();
        }
    }

    private static EntryKey key(String id) {
        return new EntryKey(Kind.SCHEDULE, id);
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemType.NOT_FOUND, "No change is scheduled as " + id + " any more.");
    }

    /** Those whose time may have come by that clock. */
    Stream<ScheduledChange> due(Instant now) {
        return all().stream().filter(change -> change.isDue(now));
    }
}
