package io.trekpoint.lanes.limit;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The limits as one process can keep them alone: a rate's interval times the number of replicas and
 * its burst divided by it (at least 1), and a small allowance of each monthly quota. It follows
 * what the shared count admits, so that nobody gets a fresh burst when it has to take over.
 *
 * <p>Keeps at most {@link LocalLimits#maxClients} clients apart and forgets those that owe nothing;
 * the others share one bucket. Thread-safe.
 */
public final class LocalLimiter {
    private static final int MOST_REPLICAS = 10_000;
    private static final long SWEEP_INTERVAL_MICROS = 1_000_000;

    private final LocalLimits limits;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, LocalBucket> buckets = new ConcurrentHashMap<>();
    private final LocalBucket overflow = new LocalBucket();
    private final Set<String> indebted = ConcurrentHashMap.newKeySet();
    private final Semaphore room;
    private final AtomicLong lastSweep = new AtomicLong(Long.MIN_VALUE / 2);

    /**
     * Starts with nothing counted.
     *
     * @param limits this process's part; read anew at every call, except the number of clients
     * @param clock may step: a step back locks nobody out for longer than a rate's window, times
     *     the number of replicas
     * @throws IllegalArgumentException unless there are 1 to 10 000 replicas and room for a client
     */
    public LocalLimiter(LocalLimits limits, InstantSource clock) {
        if (limits.replicas() < 1 || limits.replicas() > MOST_REPLICAS) {
            throw new IllegalArgumentException(
                    "trek.limits.local.replicas is 1 to " + MOST_REPLICAS);
        }
        if (limits.maxClients() < 1) {
            throw new IllegalArgumentException("trek.limits.local.max-clients is at least 1");
        }
        this.limits = limits;
        this.clock = clock;
        this.room = new Semaphore(limits.maxClients());
    }

    /**
     * Charges all the limits or none.
     *
     * @param clientId whose limits
     * @param charges each limit at most once
     * @param job what is paid for. The decision names a reservation that Redis may have made before
     *     its answer was lost
     */
    Decision check(String clientId, List<Charge> charges, Optional<JobToCome> job) {
        Moment moment = Moment.of(clock.instant());
        boolean looksOnly = charges.stream().allMatch(charge -> charge.cost() == 0);
        while (true) {
            LocalBucket known = buckets.get(clientId);
            LocalBucket bucket =
                    known != null
                            ? known
                            : looksOnly ? new LocalBucket() : bucketOf(clientId, moment);
            Decision decision = bucket.decide(charges, job, limits, moment);
            if (decision != null) {
                if (bucket != overflow && decision.allowed() && !looksOnly) {
                    indebted.add(clientId);
                }
                return decision;
            }
        }
    }

    /** Gives back what a reservation of this limiter has taken of quotas, once. */
    void refund(String clientId, String reservation) {
        LocalBucket known = buckets.get(clientId);
        if (known == null || !known.refund(reservation)) {
            overflow.refund(reservation);
        }
    }

    /** Takes over what the shared count has decided. */
    void follow(String clientId, List<Charge> charges, Decision decision) {
        Moment moment = Moment.of(clock.instant());
        if (decision.allowed() && charges.stream().anyMatch(LocalLimiter::takesFromRate)) {
            apply(clientId, moment, bucket -> bucket.mirror(charges, limits, moment));
        }
        for (Standing standing : decision.standings()) {
            if (standing.limit() instanceof Limit.Rate rate && decision.allowed()) {
                LocalBucket bucket = buckets.get(clientId);
                if (bucket != null) {
                    bucket.see(standing, rate, moment);
                }
            }
            if (standing.limit() instanceof Limit.MonthlyQuota quota) {
                long used = quota.allowance() - standing.remaining();
                if (used > 0) {
                    apply(
                            clientId,
                            moment,
                            bucket ->
                                    bucket == overflow
                                            || bucket.learn(quota.name(), decision.month(), used));
                }
            }
        }
    }

    /** The clients who owe the shared count something that this process knows of. */
    Set<String> indebted() {
        return Set.copyOf(indebted);
    }

    /** Whether that is so of a client. It stays so until the debt is struck out. */
    boolean isIndebted(String clientId) {
        return !indebted.isEmpty() && indebted.contains(clientId);
    }

    /** Hands over what a client owes the shared count, to whoever carries it there. */
    Debt takeDebt(String clientId) {
        LocalBucket bucket = buckets.get(clientId);
        return bucket == null
                ? new Debt(List.of(), List.of())
                : bucket.takeDebt(limits, Moment.of(clock.instant()));
    }

    /**
     * Strikes a client out whose debt has been carried.
     *
     * @return false where it owes something anew
     */
    boolean strikeOut(String clientId) {
        LocalBucket bucket = buckets.get(clientId);
        if (bucket != null) {
            Moment moment = Moment.of(clock.instant());
            return bucket.unlessOwing(limits, moment, () -> indebted.remove(clientId));
        }
        indebted.remove(clientId);
        return true;
    }

    /** Takes a debt back that could not be carried. */
    void putBack(String clientId, Debt debt) {
        Moment moment = Moment.of(clock.instant());
        apply(
                clientId,
                moment,
                bucket -> {
                    bucket.putBack(debt, limits, moment);
                    return true;
                });
        indebted.add(clientId);
    }

    /** How many clients owe the shared count something that this process knows of. */
    public int indebtedClients() {
        return indebted.size();
    }

    /** How many clients are kept apart now. */
    public int clients() {
        return buckets.size();
    }

    private static boolean takesFromRate(Charge charge) {
        return charge.limit() instanceof Limit.Rate && charge.cost() > 0;
    }

    private void apply(String clientId, Moment moment, Predicate<LocalBucket> change) {
        while (!change.test(bucketOf(clientId, moment))) {
            // Given up in between: the next look finds another bucket.
        }
    }

    private LocalBucket bucketOf(String clientId, Moment moment) {
        LocalBucket known = buckets.get(clientId);
        if (known != null) {
            return known;
        }
        if (!room.tryAcquire()) {
            sweep(moment);
            if (!room.tryAcquire()) {
                return overflow;
            }
        }
        LocalBucket fresh = new LocalBucket();
        LocalBucket raced = buckets.putIfAbsent(clientId, fresh);
        if (raced == null) {
            return fresh;
        }
        room.release();
        return raced;
    }

    /** Forgets who owes nothing, at most once a second: it looks at every client. */
    private void sweep(Moment moment) {
        long last = lastSweep.get();
        boolean lately = Math.abs(moment.micros() - last) < SWEEP_INTERVAL_MICROS;
        if (lately || !lastSweep.compareAndSet(last, moment.micros())) {
            return;
        }
        buckets.forEach((clientId, bucket) -> {
            if (bucket.retireIfIdle(limits, moment)) {
                // Before there can be another bucket of this client, which may owe something.
                indebted.remove(clientId);
                if (buckets.remove(clientId, bucket)) {
                    room.release();
                }
            }
        });
    }
}
