package io.trekpoint.lanes.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One rate of many, such as of addresses, kept in this process: the limiter for what is not worth a
 * round trip. What replicas have admitted can be added up now and then: see {@link SharedRate}.
 * Keeps a bounded number of them apart and forgets those that owe nothing; the others share one
 * count. Thread-safe.
 */
public final class LocalRate {
    private static final long SWEEP_INTERVAL_MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final String OTHERS = "";

    private final Gcra gcra;
    private final int most;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Long> arrivals = new ConcurrentHashMap<>();
    private final AtomicLong lastSweep = new AtomicLong(Long.MIN_VALUE / 2);

    /**
     * Starts with nothing counted.
     *
     * @param most how many are kept apart, give or take those that come at the same moment
     * @param clock may step: a step back locks nobody out for longer than the rate's window
     */
    public LocalRate(Limit.Rate rate, int most, InstantSource clock) {
        this.gcra = new Gcra(rate.interval(), rate.requests(), rate.requests());
        this.most = most;
        this.clock = clock;
    }

    /**
     * Takes one.
     *
     * @param who of whom; not empty
     * @return empty where it was there to be taken, else how long until it is; then nothing is
     *     taken
     */
    public Optional<Duration> take(String who) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        long[] wait = {0};
        arrivals.compute(
                keptApart(who, now) ? who : OTHERS,
                (_, known) -> {
                    long tat = gcra.clamp(known == null ? now : known, now);
                    wait[0] = gcra.waitFor(1, tat, now);
                    return wait[0] == 0 ? gcra.after(tat, 1) : tat;
                });
        return wait[0] == 0
                ? Optional.empty()
                : Optional.of(Duration.of(wait[0], ChronoUnit.MICROS));
    }

    /**
     * Takes over what is owed elsewhere too.
     *
     * @param who of whom; not empty. Whoever is not kept apart owes nothing by this
     * @param owed how long it takes until nothing is owed any more; less than is owed here changes
     *     nothing
     */
    public void owe(String who, Duration owed) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        long tat = now + owed.toNanos() / NANOS_PER_MICRO;
        arrivals.computeIfPresent(who, (_, known) -> gcra.clamp(Math.max(known, tat), now));
    }

    /** How many are kept apart now. */
    int size() {
        return arrivals.size();
    }

    private boolean keptApart(String who, long now) {
        if (arrivals.containsKey(who) || arrivals.size() < most) {
            return true;
        }
        sweep(now);
        return arrivals.size() < most;
    }

    /** Forgets who owes nothing, at most once a second: it looks at everyone. */
    private void sweep(long now) {
        long last = lastSweep.get();
        boolean lately = Math.abs(now - last) < SWEEP_INTERVAL_MICROS;
        if (!lately && lastSweep.compareAndSet(last, now)) {
            arrivals.values().removeIf(tat -> gcra.clamp(tat, now) == now);
        }
    }
}
