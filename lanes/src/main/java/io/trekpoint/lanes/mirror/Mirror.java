package io.trekpoint.lanes.mirror;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.trekpoint.lanes.guard.Concern;
import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.guard.StatusView;
import io.trekpoint.lanes.redis.StreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A service's copy of the control state. It fills itself from the first source that answers (Redis,
 * the control service, its snapshot on disk, declared defaults), moves up as soon as a better one
 * does, and follows every change. Reading it touches neither network nor lock. It never goes back:
 * what a source has lost, the mirror keeps, and says so. Thread-safe.
 */
public final class Mirror implements AutoCloseable {
    /** A state that Redis has not confirmed for this long is no longer called fresh. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final MirrorState mirror;
    private final InstantSource clock;
    private final Optional<ControlServiceSource> control;
    private final Optional<DiskSnapshot> disk;
    private final List<Loop> loops = new ArrayList<>();
    private final CountDownLatch filled = new CountDownLatch(1);

    private Mirror(
            MirrorConfig config,
            Lane lane,
            FollowClient follow,
            InstantSource clock,
            MeterRegistry meters) {
        this.clock = clock;
        this.mirror = new MirrorState(clock);
        this.control = ControlServiceSource.of(config);
        bind(meters);
        this.disk = config.snapshotDir().map(DiskSnapshot::new);
        Optional<Fill> kept = disk.flatMap(DiskSnapshot::read);
        kept.ifPresent(fill -> mirror.offer(Source.DISK, fill));
        Head onDisk = kept.map(fill -> fill.state().head()).orElse(Head.NONE);

        RedisSource redis = new RedisSource(lane, clock);
        StateLoader loader = new StateLoader(mirror, redis);
        Fallback fallback = new Fallback(mirror, control);
        StreamReader changes = new StreamReader(follow, ControlKeys.CHANGES);
        ChangeFollower follower = new ChangeFollower(mirror, loader, changes, fallback, filled);
        loops.add(Loop.start("mirror-follow", follower::turn));
        HeadWatch watch = new HeadWatch(mirror, redis, loader, fallback);
        loops.add(Loop.start("mirror-watch", watch::turn));
        disk.ifPresent(to -> {
            SnapshotWriter writer =
                    new SnapshotWriter(
                            mirror, to, onDisk, meters.counter("trek.mirror.snapshot.failures"));
            loops.add(Loop.start("mirror-snapshot", writer::turn));
        });
    }

    /**
     * Starts a mirror, and waits for its first fill no longer than the configuration allows.
     *
     * @param config the sources besides Redis
     * @param lane the control lane
     * @param follow its waiting side
     * @param clock tells ages: one that is not put back
     * @param meters where {@code trek.mirror.*} goes
     */
    public static Mirror start(
            MirrorConfig config,
            Lane lane,
            FollowClient follow,
            InstantSource clock,
            MeterRegistry meters) {
        Mirror mirror = new Mirror(config, lane, follow, clock, meters);
        mirror.awaitFirstFill(config.firstFill());
        return mirror;
    }

    /** What is known, and where from. */
    public ControlSnapshot current() {
        return mirror.current();
    }

    /**
     * The state to go by now, which knows whether a source confirms it; a request or a job takes it
     * once.
     */
    public ControlState state() {
        ControlSnapshot snapshot = mirror.current();
        ControlState state = snapshot.state();
        return mode(snapshot) == Mode.STALE ? state.whileStale() : state;
    }

    /**
     * Whether every source had its first chance, so that defaults are an answer and not a guess.
     */
    public boolean filled() {
        return filled.getCount() == 0 || mirror.current().state().head().known();
    }

    /**
     * The snapshot file that could not be trusted at this start or an earlier one: a state was
     * known here, though not which. Empty where there is none, or it was taken away.
     */
    public Optional<Path> damagedSnapshot() {
        return disk.flatMap(DiskSnapshot::damaged);
    }

    /**
     * Waits until the mirror has a revision, so that who wrote it reads it.
     *
     * @return whether it has it in time
     */
    public boolean awaitRevision(long revision, Duration within) throws InterruptedException {
        return mirror.await(s -> s.state().head().revision() >= revision, within);
    }

    /**
     * How a head that was read from Redis fails to follow from what this mirror knew before the
     * read; empty where it does follow and no source has diverged.
     */
    public Optional<Divergence> divergence(Head before, Head read) {
        return Optional.ofNullable(mirror.current().alarm())
                .map(Alarm::divergence)
                .or(() -> Divergence.between(before, read, null));
    }

    /** What flags and settings are doing: {@code NORMAL}, {@code STALE} or {@code DEFAULT}. */
    public Mode mode() {
        return mode(mirror.current());
    }

    private Mode mode(ControlSnapshot snapshot) {
        if (!snapshot.state().head().known()) {
            return Mode.DEFAULT;
        }
        boolean fresh =
                snapshot.source() == Source.REDIS
                        && snapshot.alarm() == null
                        && snapshot.age(clock.instant()).compareTo(FRESH) < 0;
        return fresh ? Mode.NORMAL : Mode.STALE;
    }

    /** Declares the modes of flags, settings and clients; unknown clients are refused. */
    public ConcernModes declare(ConcernModes modes) {
        return modes.declare(Concern.FLAGS, this::mode)
                .declare(Concern.SETTINGS, this::mode)
                .declare(Concern.CLIENTS, () -> mode() == Mode.DEFAULT ? Mode.REFUSING : mode());
    }

    /** The control state as {@code GET /status} shows it. */
    public StatusView.ControlStateView status() {
        ControlSnapshot snapshot = mirror.current();
        Head head = snapshot.state().head();
        return new StatusView.ControlStateView(
                head.revision(),
                head.known() ? head.epoch() : null,
                snapshot.source().label(),
                snapshot.age(clock.instant()).toSeconds(),
                snapshot.trouble().orElse(null));
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
        control.ifPresent(ControlServiceSource::close);
    }

    private void awaitFirstFill(Duration within) {
        try {
            boolean _ = filled.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        filled.countDown();
    }

    private void bind(MeterRegistry meters) {
        Gauge.builder("trek.mirror.revision", mirror, m -> m.current().state().head().revision())
                .description("The revision of the control state this service goes by")
                .register(meters);
        Gauge.builder(
                        "trek.mirror.age",
                        mirror,
                        m -> m.current().age(clock.instant()).toMillis() / 1000.0)
                .description("Since the control state was last confirmed")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("trek.mirror.alarm", mirror, m -> m.current().trouble().isPresent() ? 1 : 0)
                .description("1 while an operator should look at the control state")
                .register(meters);
        for (Source source : Source.values()) {
            Gauge.builder("trek.mirror.source", mirror, m -> m.current().source() == source ? 1 : 0)
                    .description("1 for where the control state is from")
                    .tag("source", source.label())
                    .register(meters);
        }
    }
}
