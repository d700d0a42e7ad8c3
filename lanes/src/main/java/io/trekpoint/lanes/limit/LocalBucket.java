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
    private final LocalDebts debts = new LocalDebts();
    private final LocalReservations reservations = new LocalReservations();
    private boolean retired;

    /** Decides by what is counted here; null once this bucket has been given up. */
    synchronized @Nullable Decision decide(
            List<Charge> charges, Optional<JobToCome> job, LocalLimits limits, Moment moment) {
        if (retired) {
            return null;
        }
        List<Verdict> verdicts =
                charges.stream().map(charge -> judge(charge, limits, moment)).toList();
        Outcome outcome = Outcome.ADMITTED;
        for (int i = 0; i < charges.size(); i++) {
            if (!charges.get(i).terms().watched()) {
                outcome = worse(outcome, verdicts.get(i).outcome());
            }
        }
        boolean admitted = outcome == Outcome.ADMITTED;
        List<Charge> taken = new ArrayList<>();
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            boolean passes = verdicts.get(i).outcome() == Outcome.ADMITTED;
            if (admitted && passes && isKeptHere(charge)) {
                take(charge, limits, moment);
                owe(charge, limits, moment);
                taken.add(charge);
            }
            standings.add(standing(charge, verdicts.get(i), limits, moment));
        }
        return new Decision(
                outcome,
                standings,
                moment.month(),
                Decision.Source.LOCAL,
                job.filter(_ -> admitted).map(it -> reservations.make(it, taken, moment.month())));
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
        QuotaUse use = use(quota, month);
        quotas.put(quota, new QuotaUse(month, used, use.here(), use.uncarried()));
        return true;
    }

    /** Remembers what the shared count is owed; false once given up. */
    synchronized boolean see(Standing standing, Limit.Rate rate, Moment moment) {
        if (retired) {
            return false;
        }
        debts.see(standing, rate, moment);
        return true;
    }

    /** Hands over what the shared count does not know, and forgets it. */
    synchronized Debt takeDebt(LocalLimits limits, Moment moment) {
        List<Debt.OfQuota> ofQuotas = new ArrayList<>();
        quotas.replaceAll((quota, use) -> {
            if (use.uncarried() == 0) {
                return use;
            }
            ofQuotas.add(new Debt.OfQuota(quota, use.month(), use.uncarried()));
            return new QuotaUse(use.month(), use.known() + use.uncarried(), use.here(), 0);
        });
        return new Debt(debts.take(limits.replicas(), moment), ofQuotas);
    }

    /** Takes a debt back that could not be carried. */
    synchronized void putBack(Debt debt, LocalLimits limits, Moment moment) {
        debts.putBack(debt.rates(), limits.replicas(), moment);
        for (Debt.OfQuota owed : debt.quotas()) {
            quotas.computeIfPresent(
                    owed.quota(),
                    (_, use) ->
                            use.month().equals(owed.month())
                                    ? new QuotaUse(
                                            use.month(),
                                            Math.max(0, use.known() - owed.amount()),
                                            use.here(),
                                            use.uncarried() + owed.amount())
                                    : use);
        }
    }

    /** Does something before anything can be owed, if nothing is; whether it did. */
    synchronized boolean unlessOwing(LocalLimits limits, Moment moment, Runnable step) {
        if (owesAnything(limits, moment)) {
            return false;
        }
        step.run();
        return true;
    }

    /** Gives back what a reservation has taken here; false where it is not known, or has been. */
    synchronized boolean refund(String reservation) {
        return reservations.end(
                reservation,
                (quota, taken) ->
                        quotas.computeIfPresent(
                                quota,
                                (_, use) ->
                                        taken.in(use.month()) ? use.less(taken.amount()) : use));
    }

    /** Gives the bucket up if it owes nothing and a new one would decide alike; whether it did. */
    synchronized boolean retireIfIdle(LocalLimits limits, Moment moment) {
        retired =
                !owesAnything(limits, moment)
                        && arrivals.values().stream().allMatch(tat -> tat <= moment.micros())
                        && quotas.keySet().stream()
                                .allMatch(quota -> use(quota, moment.month()).here() == 0);
        return retired;
    }

    private boolean owesAnything(LocalLimits limits, Moment moment) {
        return debts.owesAnything(limits.replicas(), moment)
                || quotas.values().stream().anyMatch(use -> use.uncarried() > 0);
    }

    private static boolean isKeptHere(Charge charge) {
        return charge.terms().withoutRedis() == Terms.WithoutRedis.LOCAL;
    }

    private Verdict judge(Charge charge, LocalLimits limits, Moment moment) {
        if (charge.cost() == 0) {
            return Verdict.PASSES;
        }
        return switch (charge.terms().withoutRedis()) {
            case ADMIT -> Verdict.PASSES;
            case REFUSE -> Verdict.exhausted(limits);
            case LOCAL ->
                    switch (charge.limit()) {
                        case Limit.Rate rate -> {
                            Gcra gcra = Gcra.share(rate, limits.replicas());
                            long tat = tat(rate, gcra, moment);
                            long wait = gcra.waitFor(charge.cost(), tat, moment.micros());
                            yield Verdict.waiting(wait);
                        }
                        case Limit.MonthlyQuota quota -> judge(quota, charge, limits, moment);
                    };
        };
    }

    private Verdict judge(
            Limit.MonthlyQuota quota, Charge charge, LocalLimits limits, Moment moment) {
        QuotaUse use = use(quota.name(), moment.month());
        if (charge.cost() > quota.allowance()) {
            return Verdict.NEVER_PASSES;
        }
        if (use.known() + use.uncarried() + charge.cost() > quota.allowance()) {
            return new Verdict(Outcome.REFUSED, Optional.of(moment.untilNextMonth()));
        }
        if (use.here() + charge.cost() > limits.quotaAllowance()) {
            return Verdict.exhausted(limits);
        }
        return Verdict.PASSES;
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
                        new QuotaUse(
                                use.month(),
                                use.known(),
                                use.here() + charge.cost(),
                                use.uncarried() + charge.cost()));
            }
        }
    }

    private void owe(Charge charge, LocalLimits limits, Moment moment) {
        if (charge.limit() instanceof Limit.Rate rate && charge.cost() > 0) {
            debts.owe(rate, charge.cost(), limits.replicas(), moment);
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
                long left = Math.max(0, quota.allowance() - use.known() - use.uncarried());
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
        return use != null && use.month().equals(month) ? use : new QuotaUse(month, 0, 0, 0);
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

    private record Verdict(Outcome outcome, Optional<Duration> retryAfter) {
        private static final Verdict PASSES =
                new Verdict(Outcome.ADMITTED, Optional.of(Duration.ZERO));
        private static final Verdict NEVER_PASSES = new Verdict(Outcome.REFUSED, Optional.empty());

        private static Verdict exhausted(LocalLimits limits) {
            return new Verdict(Outcome.DEGRADED_EXHAUSTED, Optional.of(limits.retryAfter()));
        }

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
