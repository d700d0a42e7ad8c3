package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.limit.Limit.MonthlyQuota;
import io.trekpoint.lanes.limit.Reservations.Overdue;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Does things to the reservations of one client, and keeps books of what they come to. */
final class ReservationLedger {
    /** What is done. */
    enum Act {
        /** For a job to come, which may be a retry. */
        RESERVE,
        SETTLE_BACK,
        SETTLE_KEPT,
        /** By the gateway that has made it. */
        RELEASE,
        SWEEP,
        RELEASE_OVERDUE,
        KEEP_OVERDUE,
        LOOK_AGAIN
    }

    /**
     * One of those.
     *
     * @param which to which reservation, or to which that a sweep has ever found
     * @param exports what it costs
     * @param maps likewise
     * @param key the idempotency key; empty for none
     * @param late whether it is overdue at once
     */
    record Step(Act act, int which, int exports, int maps, String key, boolean late) {}

    private record Made(
            Reservation reservation, YearMonth month, Map<MonthlyQuota, Integer> costs) {}

    private record Counter(MonthlyQuota quota, YearMonth month) {}

    private static final String CLIENT = "c";
    private static final MonthlyQuota EXPORTS = new MonthlyQuota("exports", 12);
    private static final MonthlyQuota MAPS = new MonthlyQuota("maps", 9);
    private static final Duration LONG = Duration.ofHours(1);

    private final Lane lane;
    private final SharedLimiter limiter;
    private final Reservations reservations;
    private final Map<String, Made> made = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private final Map<String, String> paid = new HashMap<>();
    private final Map<String, String> lastJobs = new HashMap<>();
    private final Map<Counter, Integer> used = new HashMap<>();
    private final List<Overdue> found = new ArrayList<>();
    private int jobs;

    ReservationLedger(Lane lane) {
        this.lane = lane;
        limiter = new SharedLimiter(lane);
        reservations = new Reservations(lane, InstantSource.system());
        reservations.note(CLIENT);
    }

    void take(Step step) {
        switch (step.act) {
            case RESERVE -> reserve(step);
            case SETTLE_BACK -> settle(step, true);
            case SETTLE_KEPT -> settle(step, false);
            case RELEASE -> release(step);
            case SWEEP -> reservations.sweep(found::add);
            case RELEASE_OVERDUE ->
                    overdue(step).ifPresent(it -> released(it.name(), reservations.release(it)));
            case KEEP_OVERDUE ->
                    overdue(step).ifPresent(it -> ended(it.name(), reservations.keep(it)));
            case LOOK_AGAIN ->
                    overdue(step).ifPresent(it -> reservations.lookAgain(it, it.last(), LONG));
        }
    }

    /** What is used is what was reserved less what was given back, and never less than nothing. */
    void assertBalanced() {
        used.forEach((counter, expected) -> {
            String key = LimitKeys.quota(CLIENT, counter.quota.name());
            Request get = Request.cmd(Command.HGET).arg(key).arg(counter.month.toString());
            Response stored = lane.send(get, Lane.Access.READ);
            assertThat(stored == null ? 0 : stored.toInteger())
                    .as(counter.toString())
                    .isEqualTo(expected)
                    .isBetween(0, (int) counter.quota.allowance());
        });
    }

    private void reserve(Step step) {
        Optional<String> key = step.key.isEmpty() ? Optional.empty() : Optional.of(step.key);
        JobToCome job = new JobToCome("0-" + jobs++, key, step.late ? Duration.ZERO : LONG, LONG);
        Map<MonthlyQuota, Integer> costs = Map.of(EXPORTS, step.exports, MAPS, step.maps);
        List<Charge> charges =
                List.of(new Charge(EXPORTS, step.exports), new Charge(MAPS, step.maps));
        Decision decision = limiter.check(CLIENT, charges, Optional.of(job));
        boolean retry = paid.containsKey(step.key);
        boolean fits = costs.keySet().stream().allMatch(it -> fits(it, decision.month(), costs));
        assertThat(decision.allowed()).isEqualTo(retry || fits);
        if (!decision.allowed()) {
            return;
        }
        Reservation reservation = decision.reservation().orElseThrow();
        String name = retry ? paid.get(step.key) : job.id();
        assertThat(reservation).isEqualTo(new Reservation(name, !retry));
        if (!retry) {
            names.add(name);
            made.put(name, new Made(reservation, decision.month(), costs));
            costs.forEach((quota, cost) ->
                    used.merge(new Counter(quota, decision.month()), cost, Integer::sum));
            key.ifPresent(it -> paid.put(it, name));
        }
        lastJobs.put(name, job.id());
    }

    private boolean fits(MonthlyQuota quota, YearMonth month, Map<MonthlyQuota, Integer> costs) {
        int cost = costs.getOrDefault(quota, 0);
        int before = used.getOrDefault(new Counter(quota, month), 0);
        return cost == 0 || before + cost <= quota.allowance();
    }

    private void settle(Step step, boolean back) {
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(step.which % names.size());
        boolean open = !ended.contains(name);
        boolean now = reservations.settle(CLIENT, name, back);
        assertThat(now).as("%s ends", name).isEqualTo(open);
        ended(name, now);
        if (now && back) {
            giveBack(name);
        }
    }

    private void release(Step step) {
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(step.which % names.size());
        boolean mayEnd = !ended.contains(name) && name.equals(lastJobs.get(name));
        Reservation reservation = Objects.requireNonNull(made.get(name)).reservation;
        boolean now = reservations.release(CLIENT, reservation);
        assertThat(now).as("%s is released", name).isEqualTo(mayEnd);
        released(name, now);
    }

    private void released(String name, boolean now) {
        ended(name, now);
        if (now) {
            giveBack(name);
            paid.values().removeIf(name::equals);
        }
    }

    private void ended(String name, boolean now) {
        if (now) {
            assertThat(ended.add(name)).as("%s ends once", name).isTrue();
        }
    }

    private void giveBack(String name) {
        Made was = Objects.requireNonNull(made.get(name));
        was.costs.forEach(
                (quota, cost) -> used.merge(new Counter(quota, was.month), -cost, Integer::sum));
    }

    private Optional<Overdue> overdue(Step step) {
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.get(step.which % found.size()));
    }
}
