package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.limit.Decision.Outcome;
import java.time.Duration;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this process has counted for one client. Thread-safe. */
final class LocalBucket {
    private final Map<String, Long> arrivals = new HashMap<>(4);
    private final Map<String, QuotaUse> quotas = new HashMap<>(2);
    private boolean retired;

    /** Decides by what is counted here; null once this bucket has been given up. */
    synchronized @Nullable Decision decide(
            List<Charge> charges, LocalLimits limits, Moment moment) {
        if (retired) {
            return null;
        }
        List<Verdict> verdicts =
                charges.stream().map(charge -> judge(charge, limits, moment)).toList();
        Outcome outcome =
                verdicts.stream()
                        .map(Verdict::outcome)
                        .reduce(Outcome.ADMITTED, LocalBucket::worse);
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < charges.size(); i++) {
            if (outcome == Outcome.ADMITTED) {
                take(charges.get(i), limits, moment);
            }
            standings.add(standing(charges.get(i), verdicts.get(i), limits, moment));
        }
        return new Decision(
                outcome, standings, moment.month(), Decision.Source.LOCAL, Optional.empty());
    }

    /** Counts what was admitted elsewhere; false once this bucket has been given up. */
    synchronized boolean mirror(List<Charge> charges, LocalLimits limits, Moment moment) {
        if (retired) {
            return false;
        }
        for (Charge charge : charges) {
            if (charge.limit() instanceof Limit.Rate && charge.cost() > 0) {
                take(charge, limits, moment);
            }
        }
        return true;
    }

    /** Remembers what the shared count says of a quota; false once given up. */
    synchronized boolean learn(String quota, YearMonth month, long used) {
        if (retired) {
            return false;
        }
        quotas.put(quota, new QuotaUse(month, used, use(quota, month).here()));
        return true;
    }

    /** Gives back what was charged here. */
    synchronized void refund(String quota, long amount, YearMonth month) {
        QuotaUse use = use(quota, month);
        long here = Math.max(0, use.here() - amount);
        quotas.computeIfPresent(
                quota,
                (_, was) ->
                        was.month().equals(month) ? new QuotaUse(month, use.known(), here) : was);
    }

    /** Gives the bucket up if a new one would decide alike; whether it did. */
    synchronized boolean retireIfIdle(Moment moment) {
        retired =
                arrivals.values().stream().allMatch(tat -> tat <= moment.micros())
                        && quotas.keySet().stream()
                                .allMatch(quota -> use(quota, moment.month()).here() == 0);
        return retired;
    }

    private Verdict judge(Charge charge, LocalLimits limits, Moment moment) {
        return switch (charge.limit()) {
            case Limit.Rate rate -> {
                Gcra gcra = Gcra.share(rate, limits.replicas());
                long tat = tat(rate, gcra, moment);
                long wait = gcra.waitFor(charge.cost(), tat, moment.micros());
                yield Verdict.waiting(wait);
            }
            case Limit.MonthlyQuota quota -> {
                QuotaUse use = use(quota.name(), moment.month());
                if (charge.cost() == 0) {
                    yield Verdict.PASSES;
                }
                if (charge.cost() > quota.allowance()) {
                    yield Verdict.NEVER_PASSES;
                }
                if (use.known() + use.here() + charge.cost() > quota.allowance()) {
                    yield new Verdict(Outcome.REFUSED, Optional.of(moment.untilNextMonth()));
                }
                if (use.here() + charge.cost() > limits.quotaAllowance()) {
                    yield new Verdict(Outcome.DEGRADED_EXHAUSTED, Optional.of(limits.retryAfter()));
                }
                yield Verdict.PASSES;
            }
        };
    }

    private void take(Charge charge, LocalLimits limits, Moment moment) {
        switch (charge.limit()) {
            case Limit.Rate rate -> {
                Gcra gcra = Gcra.share(rate, limits.replicas());
                long tat = gcra.after(tat(rate, gcra, moment), charge.cost());
                arrivals.put(rate.name(), gcra.clamp(tat, moment.micros()));
            }
            case Limit.MonthlyQuota quota -> {
                QuotaUse use = use(quota.name(), moment.month());
                quotas.put(
                        quota.name(),
                        new QuotaUse(use.month(), use.known(), use.here() + charge.cost()));
            }
        }
    }

    private Standing standing(Charge charge, Verdict verdict, LocalLimits limits, Moment moment) {
        boolean watched = charge.terms().watched();
        boolean violated = verdict.outcome() != Outcome.ADMITTED;
        return switch (charge.limit()) {
            case Limit.Rate rate -> {
                Gcra gcra = Gcra.share(rate, limits.replicas());
                long tat = tat(rate, gcra, moment);
                yield new Standing(
                        rate,
                        gcra.remaining(tat, moment.micros()),
                        micros(gcra.untilMore(tat, moment.micros())),
                        violated,
                        watched,
                        verdict.retryAfter());
            }
            case Limit.MonthlyQuota quota -> {
                QuotaUse use = use(quota.name(), moment.month());
                long left = Math.max(0, quota.allowance() - use.known() - use.here());
                long here = Math.max(0, limits.quotaAllowance() - use.here());
                Duration untilMore =
                        here < left
                                ? limits.retryAfter()
                                : left == quota.allowance()
                                        ? Duration.ZERO
                                        : moment.untilNextMonth();
                yield new Standing(
                        quota,
                        Math.min(left, here),
                        untilMore,
                        violated,
                        watched,
                        verdict.retryAfter());
            }
        };
    }

    /** The TAT as it counts now; a clamp is kept, or a refused client would wait on for ever. */
    private long tat(Limit.Rate rate, Gcra gcra, Moment moment) {
        long stored = arrivals.getOrDefault(rate.name(), 0L);
        long tat = gcra.clamp(stored, moment.micros());
        if (stored > tat) {
            arrivals.put(rate.name(), tat);
        }
        return tat;
    }

    private QuotaUse use(String quota, YearMonth month) {
        QuotaUse use = quotas.get(quota);
        return use != null && use.month().equals(month) ? use : new QuotaUse(month, 0, 0);
    }

    private static Outcome worse(Outcome one, Outcome other) {
        if (one == Outcome.REFUSED || other == Outcome.REFUSED) {
            return Outcome.REFUSED;
        }
        return one == Outcome.ADMITTED ? other : one;
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    /**
     * What is known of one quota.
     *
     * @param month the month it counts for
     * @param known used as the shared count last said
     * @param here admitted by this process alone
     */
    private record QuotaUse(YearMonth month, long known, long here) {}

    private record Verdict(Outcome outcome, Optional<Duration> retryAfter) {
        private static final Verdict PASSES =
                new Verdict(Outcome.ADMITTED, Optional.of(Duration.ZERO));
        private static final Verdict NEVER_PASSES = new Verdict(Outcome.REFUSED, Optional.empty());

        private static Verdict waiting(long wait) {
            if (wait == 0) {
                return PASSES;
            }
            return wait == Gcra.NEVER
                    ? NEVER_PASSES
                    : new Verdict(Outcome.REFUSED, Optional.of(micros(wait)));
        }
    }
}
