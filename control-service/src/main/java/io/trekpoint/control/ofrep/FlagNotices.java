package io.trekpoint.control.ofrep;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells whoever listens that flags have changed: one loop follows the mirror for all of them.
 * Thread-safe.
 */
@Startup
@Singleton
final class FlagNotices {
    /** What a listener that reads slowly may leave unread before it is let go, to come again. */
    private static final int UNREAD = 16;

    /** How far a replica may be behind the one that told of a change. */
    private static final Duration LONGEST_LAG = Duration.ofMillis(500);

    private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** What a listener is told. */
    sealed interface Notice {
        /**
         * Flags have changed.
         *
         * @param epoch of the control state
         * @param revision at which they did
         * @param at when
         */
        record Changed(String epoch, long revision, Instant at) implements Notice {
            /** What names the change to callers who evaluate because of it. */
            String etag() {
                return epoch + "-" + revision;
            }
        }

        /** Nothing has happened. */
        record Quiet() implements Notice {}
    }

    private final Mirror mirror;
    private final InstantSource clock;
    private final Duration keepAlive;
    private final int mostListeners;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<MultiEmitter<? super Notice>> listeners = ConcurrentHashMap.newKeySet();
    private final Loop loop;
    private volatile ControlState seen;
    private volatile Notice.Changed latest;

    /** When something was last said, by {@link System#nanoTime}. */
    private long told = System.nanoTime();

    FlagNotices(Mirror mirror, InstantSource clock, OfrepConfig config) {
        this.mirror = mirror;
        this.clock = clock;
        this.keepAlive = config.keepAlive();
        this.mostListeners = config.mostStreams();
        this.seen = mirror.current().state();
        this.latest = lastChangeOf(seen);
        this.loop = Loop.start("flag-notices", this::turn);
    }

    /**
     * Listens.
     *
     * @param lastSeen the revision of the last change the listener knows of; -1 for none. It is
     *     told at once where that is not the latest one
     * @return empty where too many listen already
     */
    Optional<Multi<Notice>> listen(long lastSeen) {
        if (count.incrementAndGet() > mostListeners) {
            count.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(
                Multi.createFrom()
                        .<Notice>emitter(emitter -> add(emitter, lastSeen), UNREAD)
                        .onTermination()
                        .invoke(count::decrementAndGet));
    }

    /** Waits a moment for the change of that {@linkplain Notice.Changed#etag() tag}. */
    void await(String etag) {
        String own = mirror.current().state().head().epoch() + "-";
        String revision = etag.startsWith(own) ? etag.substring(own.length()) : "";
        if (!REVISION.matcher(revision).matches()) {
            return;
        }
        try {
            boolean _ = mirror.awaitRevision(Long.parseLong(revision), LONGEST_LAG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void stop() {
        loop.close();
        listeners.forEach(MultiEmitter::complete);
    }

    private void add(MultiEmitter<? super Notice> emitter, long lastSeen) {
        listeners.add(emitter);
        emitter.onTermination(() -> listeners.remove(emitter));
        Notice.Changed now = latest;
        emitter.emit(lastSeen < now.revision() ? now : new Notice.Quiet());
    }

    private Duration turn() throws InterruptedException {
        boolean moved = mirror.awaitRevision(seen.head().revision() + 1, LONGEST_WAIT);
        if (moved) {
            ControlState state = mirror.current().state();
            boolean changed =
                    !state.flags().equals(seen.flags()) || !state.flagSet().equals(seen.flagSet());
            seen = state;
            if (changed) {
                latest =
                        new Notice.Changed(
                                state.head().epoch(), state.head().revision(), clock.instant());
                tell(latest);
            }
        }
        if (System.nanoTime() - told >= keepAlive.toNanos()) {
            tell(new Notice.Quiet());
        }
        return Duration.ZERO;
    }

    private void tell(Notice notice) {
        told = System.nanoTime();
        listeners.forEach(listener -> listener.emit(notice));
    }

    /** What was deleted is a change like any other, to whoever still knows it. */
    private static Notice.Changed lastChangeOf(ControlState state) {
        Stream<LastChange> present =
                Stream.of(state.flags(), state.flagSet())
                        .flatMap(entries -> entries.values().stream())
                        .map(Entry::lastChange);
        Stream<LastChange> deleted =
                state.deleted().entrySet().stream()
                        .filter(entry -> entry.getKey().kind() == Kind.FLAG)
                        .map(entry -> entry.getValue().lastChange());
        return Stream.concat(present, deleted)
                .max(Comparator.comparingLong(LastChange::revision))
                .map(last -> new Notice.Changed(state.head().epoch(), last.revision(), last.at()))
                .orElse(new Notice.Changed(state.head().epoch(), 0, Instant.EPOCH));
    }
}
