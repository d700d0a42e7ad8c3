package io.trekpoint.api.limit;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.limit.Charge;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Limiter;
import io.trekpoint.lanes.setting.GpxSettings;
import io.trekpoint.lanes.setting.LimitSettings;
import io.trekpoint.lanes.setting.SettingKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Charges requests to the limits of their caller, all of them or none. A limit is as large as the
 * control state of the request says. Thread-safe.
 */
@ApplicationScoped
public class Charging {
    private final Limiter limiter;
    private final Call call;

    Charging(Limiter limiter, Call call) {
        this.limiter = limiter;
        this.call = call;
    }

    /**
     * Charges one request.
     *
     * @throws ProblemException 429 when a limit is spent
     */
    public void request() {
        charge(List.of(new Charge(burst(), 1), new Charge(hour(), 1)));
    }

    /**
     * Charges one request and one export of the current month, in one round trip.
     *
     * @throws ProblemException 429 when a limit is spent, 503 when that cannot be known
     */
    public void export() {
        charge(List.of(new Charge(burst(), 1), new Charge(hour(), 1), new Charge(exports(), 1)));
    }

    /**
     * Gives an export back that came to nothing. Best effort: a lost refund is logged, not
     * repeated.
     */
    public void refundExport() {
        call.decision()
                .ifPresent(charged -> limiter.refund(call.client().id(), exports(), 1, charged));
    }

    private Limit.MonthlyQuota exports() {
        return new Limit.MonthlyQuota("exports", setting(GpxSettings.EXPORT_MONTHLY_QUOTA));
    }

    private Limit.Rate burst() {
        return new Limit.Rate(
                "burst",
                setting(LimitSettings.BURST_REQUESTS),
                setting(LimitSettings.BURST_WINDOW));
    }

    private Limit.Rate hour() {
        return new Limit.Rate("hour", setting(LimitSettings.HOUR_REQUESTS), Duration.ofHours(1));
    }

    private <T> T setting(SettingKey<T> key) {
        return call.control().get(key, call.client().tier());
    }

    private void charge(List<Charge> charges) {
        Decision decision = limiter.check(call.client().id(), charges);
        call.decided(decision);
        switch (decision.outcome()) {
            case ADMITTED -> {}
            case REFUSED -> throw new ProblemException(quotaExceeded(decision));
            case DEGRADED_EXHAUSTED -> throw new ProblemException(reducedCapacity(decision));
        }
    }

    private static Problem quotaExceeded(Decision decision) {
        return Problem.registered(
                429,
                "quota-exceeded",
                "Quota exceeded",
                "Spent: "
                        + String.join(", ", decision.violated())
                        + ". Retry-After says when there is more, where waiting helps.",
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
}
