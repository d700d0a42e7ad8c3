package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The count that all replicas share, in Redis and by its clock alone. Each call is one atomic
 * script. Owns {@code limit.lua} and {@code carry.lua}. Thread-safe.
 */
public final class SharedLimiter {
    private static final Script LIMIT = Script.load("limit");
    private static final Script CARRY = Script.load("carry");
    private static final int REQUEST_PER_CHARGE = 5;
    private static final int REQUEST_JOB = 5;
    private static final int REPLY_HEAD = 4;
    private static final int REPLY_PER_CHARGE = 3;
    private static final int DIGEST_BYTES = 16;
    private static final long SECONDS_PER_DAY = 86_400;

    private final Lane lane;
    private final Script limit;
    private final Script carry;

    /** Counts over the limits lane. */
    public SharedLimiter(Lane lane) {
        this(lane, LIMIT, CARRY);
    }

    /** Counts by these scripts, whose clock may be another than that of Redis. */
    SharedLimiter(Lane lane, Script limit, Script carry) {
        this.lane = lane;
        this.limit = limit;
        this.carry = carry;
    }

    /**
     * Charges all the limits or none, and reserves the quotas among them for a job to come.
     *
     * @param clientId whose limits; not empty
     * @param charges each limit at most once
     * @param job what quotas are reserved for; empty where they are charged for good
     * @throws LaneException when Redis gives no useful answer; the charges may have been counted
     *     nonetheless where {@link LaneException#mayHaveExecuted} says so
     */
    Decision check(String clientId, List<Charge> charges, Optional<JobToCome> job) {
        return check(clientId, charges, job, (keys, args) -> limit.run(lane, keys, args));
    }

    /** Looks at limits without taking, with patience of its own. */
    Decision peek(String clientId, List<Limit> limits, Duration within) {
        List<Charge> charges = limits.stream().map(limit -> new Charge(limit, 0)).toList();
        return check(
                clientId,
                charges,
                Optional.empty(),
                (keys, args) -> limit.run(lane, keys, args, within));
    }

    private static Decision check(
            String clientId,
            List<Charge> charges,
            Optional<JobToCome> job,
            BiFunction<List<String>, List<Object>, @Nullable Response> run) {
        List<Object> args = new ArrayList<>(1 + charges.size() * REQUEST_PER_CHARGE + REQUEST_JOB);
        args.add(charges.size());
        charges.forEach(charge -> add(args, charge));
        job.ifPresent(it -> add(args, it));
        Response reply = run.apply(List.of(LimitKeys.rates(clientId)), args);
        return decision(charges, Objects.requireNonNull(reply));
    }

    /**
     * Counts what this process has admitted while it could not ask. Not idempotent: whoever repeats
     * it counts twice.
     *
     * @throws LaneException when Redis gives no useful answer
     */
    void carry(String clientId, Debt debt) {
        List<Object> args = new ArrayList<>();
        for (Debt.OfRate owed : debt.rates()) {
            Limit.Rate rate = owed.rate();
            long burst = rate.requests() * rate.interval();
            args.addAll(List.of("rate", rate.name(), owed.owed(), owed.seen(), burst));
        }
        for (Debt.OfQuota owed : debt.quotas()) {
            args.addAll(List.of("quota", owed.quota(), owed.amount(), owed.month(), ""));
        }
        carry.run(lane, List.of(LimitKeys.rates(clientId)), args);
    }

    /** Whether Redis now takes charges. */
    boolean available() {
        return lane.status().writable();
    }

    /** The longest a charge may take. */
    Duration deadline() {
        return lane.deadline();
    }

    private static void add(List<Object> args, Charge charge) {
        Limit limit = charge.limit();
        args.add(limit.name());
        args.add(charge.cost());
        args.add(limit.capacity());
        args.add(
                switch (limit) {
                    case Limit.Rate rate -> rate.interval();
                    case Limit.MonthlyQuota _ -> 0L;
                });
        args.add(charge.terms().watched() ? 1 : 0);
    }

    private static void add(List<Object> args, JobToCome job) {
        args.add(job.id());
        args.add(job.key().map(SharedLimiter::digest).orElse(""));
        args.add(job.key().orElse(""));
        args.add(job.patience().toMillis());
        args.add(job.memory().toMillis());
    }

    /**
     * Keys of clients are of any length and any characters; what stands in a key of ours is not.
     */
    private static String digest(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Decision decision(List<Charge> charges, Response reply) {
        boolean admitted = reply.get(0).toInteger() == 1;
        List<Standing> standings = new ArrayList<>(charges.size());
        for (int i = 0; i < charges.size(); i++) {
            int at = REPLY_HEAD + i * REPLY_PER_CHARGE;
            long wait = reply.get(at + 2).toLong();
            standings.add(
                    new Standing(
                            charges.get(i).limit(),
                            reply.get(at).toLong(),
                            micros(reply.get(at + 1).toLong()),
                            wait != 0,
                            charges.get(i).terms().watched(),
                            wait == Gcra.NEVER ? Optional.empty() : Optional.of(micros(wait))));
        }
        return new Decision(
                admitted ? Decision.Outcome.ADMITTED : Decision.Outcome.REFUSED,
                standings,
                month(reply.get(1).toLong()),
                Decision.Source.REDIS,
                reservation(reply.get(2).toString(), reply.get(3).toInteger() == 1));
    }

    private static YearMonth month(long seconds) {
        return YearMonth.from(LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY)));
    }

    private static Optional<Reservation> reservation(String name, boolean fresh) {
        return name.isEmpty() ? Optional.empty() : Optional.of(new Reservation(name, fresh));
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
