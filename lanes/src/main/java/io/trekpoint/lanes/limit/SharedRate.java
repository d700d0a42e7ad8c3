package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the {@link LocalRate}s of all replicas have admitted, added up: for what is worth a call now
 * and then, and not one each time. Owns {@code shared-rate.lua}. Thread-safe.
 */
public final class SharedRate {
    private static final Script ADD = Script.load("shared-rate");

    private final Lane lane;
    private final Limit.Rate rate;
    private final int most;

    /**
     * Adds up over the limits lane.
     *
     * @param rate the same as that of the replicas
     * @param most how many are kept apart; beyond them who owes the least is forgotten
     */
    public SharedRate(Lane lane, Limit.Rate rate, int most) {
        this.lane = lane;
        this.rate = rate;
        this.most = most;
    }

    /**
     * Adds what this replica has admitted.
     *
     * @param admitted of whom, and how many; a few hundred at the most, as it is one step of Redis
     * @return of each, how long it takes until nothing is owed any more, by all replicas together
     * @throws LaneException when Redis gives no useful answer; it may have added nonetheless where
     *     {@link LaneException#mayHaveExecuted} says so
     */
    public Map<String, Duration> add(Map<String, Integer> admitted) {
        List<Object> args = new ArrayList<>(3 + 2 * admitted.size());
        args.addAll(List.of(rate.interval(), rate.requests(), most));
        List<String> who = List.copyOf(admitted.keySet());
        for (String one : who) {
            args.add(one);
            args.add(Objects.requireNonNull(admitted.get(one)));
        }
        Response reply =
                Objects.requireNonNull(ADD.run(lane, List.of(LimitKeys.shared(rate)), args));
        Map<String, Duration> owed = new LinkedHashMap<>();
        for (int i = 0; i < who.size(); i++) {
            owed.put(who.get(i), Duration.of(reply.get(i).toLong(), ChronoUnit.MICROS));
        }
        return owed;
    }

    /** Whether Redis now takes what is added. */
    public boolean available() {
        return lane.status().writable();
    }
}
