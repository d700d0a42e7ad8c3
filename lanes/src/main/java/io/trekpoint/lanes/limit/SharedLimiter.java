package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The count that all replicas share, in Redis and by its clock alone. Each call is one atomic
 * script. Thread-safe.
 */
public final class SharedLimiter {
    private static final Script LIMIT = Script.load("limit");
    private static final Script REFUND = Script.load("refund");
    private static final int REPLY_HEAD = 2;
    private static final int REPLY_PER_CHARGE = 3;

    private final Lane lane;

    /** Counts over the limits lane. */
    public SharedLimiter(Lane lane) {
        this.lane = lane;
    }

    /**
     * Charges all the limits or none.
     *
     * @param clientId whose limits; not empty
     * @param charges each limit at most once
     * @throws LaneException when Redis gives no useful answer; the charges may have been counted
     *     nonetheless where {@link LaneException#mayHaveExecuted} says so
     */
    Decision check(String clientId, List<Charge> charges) {
        return check(clientId, charges, (keys, args) -> LIMIT.run(lane, keys, args));
    }

    /** Looks at limits without taking, with patience of its own. */
    Decision peek(String clientId, List<Limit> limits, Duration within) {
        List<Charge> charges = limits.stream().map(limit -> new Charge(limit, 0)).toList();
        return check(clientId, charges, (keys, args) -> LIMIT.run(lane, keys, args, within));
    }

    private static Decision check(
            String clientId,
            List<Charge> charges,
            BiFunction<List<String>, List<Object>, @Nullable Response> run) {
        List<String> keys = new ArrayList<>();
        List<Object> args = new ArrayList<>();
        keys.add(LimitKeys.rates(clientId));
        for (Charge charge : charges) {
            switch (charge.limit()) {
                case Limit.Rate rate -> add(args, "rate", charge, rate.interval());
                case Limit.MonthlyQuota quota -> {
                    keys.add(LimitKeys.quota(clientId, quota.name()));
                    add(args, "quota", charge, 0);
                }
            }
        }
        return decision(charges, Objects.requireNonNull(run.apply(keys, args)));
    }

    /**
     * Gives back what was charged to a quota. Not idempotent: whoever repeats it gives back twice.
     *
     * @param amount at least 0
     * @param month the month of the decision that charged it
     * @return what was given back, never more than was used; 0 once the month is forgotten
     * @throws LaneException when Redis gives no useful answer
     */
    public long refund(String clientId, Limit.MonthlyQuota quota, long amount, YearMonth month) {
        Response reply =
                REFUND.run(
                        lane,
                        List.of(LimitKeys.quota(clientId, quota.name())),
                        List.of(month, amount));
        return Objects.requireNonNull(reply).toLong();
    }

    /** Whether Redis now takes charges. */
    boolean available() {
        return lane.status().writable();
    }

    private static void add(List<Object> args, String kind, Charge charge, long interval) {
        args.add(kind);
        args.add(charge.limit().name());
        args.add(charge.cost());
        args.add(charge.limit().capacity());
        args.add(interval);
    }

    private static Decision decision(List<Charge> charges, Response reply) {
        boolean admitted = reply.get(0).toInteger() == 1;
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < charges.size(); i++) {
            int at = REPLY_HEAD + i * REPLY_PER_CHARGE;
            long wait = reply.get(at + 2).toLong();
            standings.add(
                    new Standing(
                            charges.get(i).limit(),
                            reply.get(at).toLong(),
                            micros(reply.get(at + 1).toLong()),
                            wait != 0,
                            wait == Gcra.NEVER ? Optional.empty() : Optional.of(micros(wait))));
        }
        return new Decision(
                admitted ? Decision.Outcome.ADMITTED : Decision.Outcome.REFUSED,
                standings,
                YearMonth.parse(reply.get(1).toString()),
                Decision.Source.REDIS);
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
