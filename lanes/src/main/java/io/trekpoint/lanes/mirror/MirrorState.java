package io.trekpoint.lanes.mirror;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror knows, and the rules by which an offer replaces it: forward only, within one epoch
 * and one history. Reading takes no lock. Thread-safe.
 */
final class MirrorState {
    private static final Logger LOG = Logger.getLogger(MirrorState.class);

    private final InstantSource clock;
    private volatile ControlSnapshot current;

    MirrorState(InstantSource clock) {
        this.clock = clock;
        this.current =
                new ControlSnapshot(
                        ControlState.UNKNOWN,
                        Source.DEFAULT,
                        clock.instant(),
                        null,
                        Collections.emptySortedSet());
    }

    ControlSnapshot current() {
        return current;
    }

    /**
     * Takes a whole state, unless it does not follow from what was known when it was asked for, or
     * from what has come in since. One that changes of the stream have overtaken is let go. A
     * lesser source that is merely behind has said nothing.
     */
    synchronized void offer(Source source, Fill fill) {
        Head known = current.state().head();
        Head offered = fill.state().head();
        boolean overtaken = offered.revision() < known.revision();
        Optional<Divergence> divergence =
                Divergence.between(fill.asked(), offered, fill.previous())
                        .or(() ->
                                overtaken
                                        ? Optional.empty()
                                        : Divergence.between(known, offered, null));
        if (divergence.isPresent()) {
            if (source == Source.REDIS || !divergence.get().isBehind()) {
                raise(source, divergence.get());
            }
        } else if (offered.known() && !overtaken) {
            take(source, fill, offered.equals(known));
        }
    }

    private void take(Source source, Fill fill, boolean same) {
        boolean keepsSource = same && !source.atLeast(current.source());
        swap(
                new ControlSnapshot(
                        fill.state(),
                        keepsSource ? current.source() : source,
                        keepsSource ? current.confirmedAt() : fill.asOf(),
                        alarmAfter(source),
                        fill.unreadable()));
        if (!same) {
            LOG.infof(
                    "control state at revision %d from %s",
                    fill.state().head().revision(), source.label());
        }
    }

    /**
     * Applies a change of the stream.
     *
     * @return whether the state is now at the change's revision or a later one; false for a gap and
     *     for a change that does not follow, which is reported as an alarm
     */
    synchronized boolean apply(Change change) {
        Head known = current.state().head();
        if (change.head().revision() <= known.revision()) {
            return true;
        }
        if (!change.isNextAfter(known)) {
            return false;
        }
        Optional<Divergence> divergence =
                Divergence.between(known, change.head(), change.previous());
        if (divergence.isPresent()) {
            raise(Source.REDIS, divergence.get());
            return false;
        }
        Fill fill = change.applyTo(current, clock.instant());
        swap(
                new ControlSnapshot(
                        fill.state(),
                        Source.REDIS,
                        fill.asOf(),
                        alarmAfter(Source.REDIS),
                        fill.unreadable()));
        return true;
    }

    /**
     * Takes note of the head in Redis.
     *
     * @param asked the head the mirror had when it asked: other changes may have come in meanwhile
     * @return whether the mirror is behind it
     */
    synchronized boolean heard(Head asked, Head head) {
        Head known = current.state().head();
        Optional<Divergence> divergence = Divergence.between(asked, head, null);
        if (divergence.isPresent()) {
            raise(Source.REDIS, divergence.get());
            return false;
        }
        if (head.equals(known) && known.known()) {
            swap(
                    new ControlSnapshot(
                            current.state(),
                            Source.REDIS,
                            clock.instant(),
                            alarmAfter(Source.REDIS),
                            current.unreadable()));
        }
        return head.revision() > known.revision();
    }

    /** Reports that a source cannot be taken at its word; what is known stays. */
    synchronized void raise(Source source, Divergence divergence) {
        Alarm alarm = new Alarm(source, divergence);
        if (!alarm.equals(current.alarm())) {
            LOG.errorf(
                    "%s; staying at revision %d", alarm.text(), current.state().head().revision());
        }
        swap(
                new ControlSnapshot(
                        current.state(),
                        current.source(),
                        current.confirmedAt(),
                        alarm,
                        current.unreadable()));
    }

    /** Waits until the snapshot is as wished; false when it is not in time. */
    synchronized boolean await(Predicate<ControlSnapshot> wish, Duration within)
            throws InterruptedException {
        Instant until = clock.instant().plus(within);
        while (!wish.test(current)) {
            long left = Duration.between(clock.instant(), until).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** A source clears its own alarm and those of lesser ones. */
    private @Nullable Alarm alarmAfter(Source source) {
        Alarm alarm = current.alarm();
        return alarm != null && source.atLeast(alarm.source()) ? null : alarm;
    }

    private void swap(ControlSnapshot next) {
        if (!next.unreadable().equals(current.unreadable()) && !next.unreadable().isEmpty()) {
            LOG.errorf(
                    "at revision %d unreadable, last good values stand: %s",
                    next.state().head().revision(), String.join(", ", next.unreadable()));
        }
        if (current.alarm() != null && Objects.isNull(next.alarm())) {
            LOG.infof("the alarm is over at revision %d", next.state().head().revision());
        }
        current = next;
        notifyAll();
    }
}
