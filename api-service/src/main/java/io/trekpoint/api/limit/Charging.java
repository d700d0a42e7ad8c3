package io.trekpoint.api.limit;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.limit.Charge;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.limit.JobToCome;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Limiter;
import io.trekpoint.lanes.limit.Reservation;
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
        List<Charge> charges = List.of(new Charge(burst(), 1), new Charge(hour(), 1));
        judge(limiter.check(call.client().id(), charges));
    }

    /**
     * Charges one request, and reserves one export of the current month for a job to come, in one
     * round trip. A retry with the same idempotency key pays its request alone.
     *
     * @return what pays for the job, to be given to it
     * @throws ProblemException 429 when a limit is spent, 503 when that cannot be known
     */
    public String export(JobToCome job) {
        Decision decision = limiter.reserve(call.client().id(), exporting(), job);
        judge(decision);
        return decision.reservation().map(Reservation::name).orElse(job.id());
    }

    /**
     * Gives an export back whose job was refused on its way in, unless an earlier request has paid
     * for it. What cannot be given back now is once it is overdue.
     */
    public void releaseExport() {
        call.decision().ifPresent(made -> limiter.release(call.client().id(), exporting(), made));
    }

    /** Where the caller stands with each of its limits; takes nothing and is never refused. */
    public Decision look() {
        List<Charge> charges =
                List.of(new Charge(burst(), 0), new Charge(hour(), 0), new Charge(exports(), 0));
        Decision look = limiter.check(call.client().id(), charges);
        call.decided(look);
        return look;
    }

    private List<Charge> exporting() {
        return List.of(new Charge(burst(), 1), new Charge(hour(), 1), new Charge(exports(), 1));
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

    private void judge(Decision decision) {
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
