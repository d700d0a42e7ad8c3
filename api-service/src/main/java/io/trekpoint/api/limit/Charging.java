package io.trekpoint.api.limit;

import io.micrometer.core.instrument.MeterRegistry;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.limit.Charge;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.limit.JobToCome;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Limiter;
import io.trekpoint.lanes.limit.Reservation;
import io.trekpoint.lanes.limit.Standing;
import io.trekpoint.lanes.limit.Terms;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.setting.GpxSettings;
import io.trekpoint.lanes.setting.LimitSettings;
import io.trekpoint.lanes.setting.SettingKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Charges requests to the limits of their caller, all of them or none. A limit is as large as the
 * control state of the request says. Thread-safe.
 */
@ApplicationScoped
public class Charging {
    private final Limiter limiter;
    private final Call call;
    private final MeterRegistry meters;

    Charging(Limiter limiter, Call call, MeterRegistry meters) {
        this.limiter = limiter;
        this.call = call;
        this.meters = meters;
    }

    /**
     * Charges one request.
     *
     * @throws ProblemException 429 when a limit is spent
     */
    public void request() {
        request(() -> null);
    }

    /**
     * Charges one request, and begins meanwhile what it asks for. A request that is known to be
     * refused begins nothing; one that Redis refuses leaves what was begun. While limits are
     * decided here there is nothing to wait for, and only what is admitted begins.
     *
     * @param begin begins something that takes nothing from anybody
     * @return what {@code begin} has returned
     * @throws ProblemException 429 when a limit is spent
     */
    public <T extends @Nullable Object> T request(Supplier<T> begin) {
        Tariff tariff = tariff();
        List<Charge> charges = List.of(tariff.burst(1), tariff.hour(1));
        String client = call.caller().id();
        limiter.refusal(client, charges).ifPresent(this::judge);
        if (limiter.mode() != Mode.NORMAL) {
            judge(limiter.ask(client, charges));
            return begin.get();
        }
        T begun = begin.get();
        judge(limiter.ask(client, charges));
        return begun;
    }

    /**
     * Charges one request, and reserves one export of the current month for a job to come, in one
     * round trip. A retry with the same idempotency key pays its request alone.
     *
     * @return what pays for the job, to be given to it
     * @throws ProblemException 429 when a limit is spent, 503 when that cannot be known
     */
    public String export(JobToCome job) {
        Tariff tariff = tariff();
        List<Charge> charges = List.of(tariff.burst(1), tariff.hour(1), tariff.exports(1));
        Decision decision = limiter.reserve(call.caller().id(), charges, job);
        judge(decision);
        return decision.reservation().map(Reservation::name).orElse(job.id());
    }

    /**
     * Gives an export back whose job was refused on its way in, unless an earlier request has paid
     * for it. What cannot be given back now is once it is overdue.
     */
    public void releaseExport() {
        call.decision().ifPresent(made -> limiter.release(call.caller().id(), made));
    }

    /** Where the caller stands with each of its limits; takes nothing and is never refused. */
    public Decision look() {
        Tariff tariff = tariff();
        List<Charge> charges = List.of(tariff.burst(0), tariff.hour(0), tariff.exports(0));
        Decision look = limiter.check(call.caller().id(), charges);
        call.decided(look);
        return look;
    }

    private Tariff tariff() {
        return new Tariff(call.control(), call.caller().tier());
    }

    private void judge(Decision decision) {
        call.decided(decision);
        count(decision);
        switch (decision.outcome()) {
            case ADMITTED -> {}
            case REFUSED -> throw new ProblemException(quotaExceeded(decision));
            case DEGRADED_EXHAUSTED -> throw new ProblemException(reducedCapacity(decision));
        }
    }

    private void count(Decision decision) {
        meters.counter(
                        "trek.limits.decisions",
                        "source",
                        decision.source().name().toLowerCase(Locale.ROOT),
                        "outcome",
                        decision.outcome().name().toLowerCase(Locale.ROOT))
                .increment();
        for (Standing standing : decision.standings()) {
            if (standing.watched() && standing.violated()) {
                meters.counter("trek.limits.watched.refusals", "limit", standing.limit().name())
                        .increment();
            }
        }
    }

    private static Problem quotaExceeded(Decision decision) {
        boolean never =
                decision.standings().stream()
                        .anyMatch(it -> it.violated() && it.retryAfter().isEmpty());
        return Problem.registered(
                429,
                "quota-exceeded",
                "Quota exceeded",
                "Spent: "
                        + String.join(", ", decision.violated())
                        + (never
                                ? ". The request takes more than that ever holds: waiting does not help."
                                : ". Retry-After says when there is more."),
                decision.violated());
    }

    private static Problem reducedCapacity(Decision decision) {
        return Problem.registered(
                503,
                "temporary-reduced-capacity",
                "Temporarily reduced capacity",
                "Quotas cannot be checked just now, and what may be given without checking is used up.",
                decision.violated());
    }

    /** What limits are for a tier, by the control state of a request. */
    private record Tariff(ControlState control, Tier tier) {
        Charge exports(long cost) {
            return new Charge(
                    new Limit.MonthlyQuota(
                            "exports", control.get(GpxSettings.EXPORT_MONTHLY_QUOTA, tier)),
                    cost,
                    terms(LimitSettings.EXPORTS_ENFORCEMENT, LimitSettings.EXPORTS_WITHOUT_REDIS));
        }

        Charge burst(long cost) {
            return new Charge(
                    new Limit.Rate(
                            "burst",
                            control.get(LimitSettings.BURST_REQUESTS, tier),
                            control.get(LimitSettings.BURST_WINDOW, tier)),
                    cost,
                    terms(LimitSettings.BURST_ENFORCEMENT, LimitSettings.BURST_WITHOUT_REDIS));
        }

        Charge hour(long cost) {
            return new Charge(
                    new Limit.Rate(
                            "hour",
                            control.get(LimitSettings.HOUR_REQUESTS, tier),
                            Duration.ofHours(1)),
                    cost,
                    terms(LimitSettings.HOUR_ENFORCEMENT, LimitSettings.HOUR_WITHOUT_REDIS));
        }

        private Terms terms(
                SettingKey.Global<Terms.Enforcement> enforcement,
                SettingKey.Global<Terms.WithoutRedis> withoutRedis) {
            return new Terms(control.get(enforcement), control.get(withoutRedis));
        }
    }
}
