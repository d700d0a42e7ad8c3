package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.trekpoint.lanes.job.ClaimedJob;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What this worker measures, and traces, of the jobs it holds. Thread-safe. */
final class JobMeters {
    private record Wait(String type, String tier) {}

    private record Outcome(String type, String outcome) {}

    private final MeterRegistry meters;
    private final Map<Wait, Timer> waits = new ConcurrentHashMap<>();
    private final Map<Outcome, Timer> attempts = new ConcurrentHashMap<>();
    private final JobTraces traces;
    private final Counter leasesLost;

    JobMeters(MeterRegistry meters, JobTraces traces) {
        this.meters = meters;
        this.traces = traces;
        this.leasesLost =
                Counter.builder("trek.job.leases.lost")
                        .description("Attempts that were stopped because their lease was lost")
                        .register(meters);
    }

    /** A job was claimed after it waited so long in line. */
    void claimed(HeldJob held) {
        ClaimedJob job = held.job();
        traces.begun(held);
        waits.computeIfAbsent(new Wait(job.type(), job.tier()), this::timer).record(job.waited());
    }

    /**
     * An attempt is over. The outcome is that of its ending, {@code lost} where its finish was
     * refused since the token was gone, or {@code stopped} where that was known before.
     */
    void attempt(HeldJob held, String outcome) {
        traces.over(held, outcome);
        attempts.computeIfAbsent(new Outcome(held.job().type(), outcome), this::timer)
                .record(held.held());
    }

    void leaseLost() {
        leasesLost.increment();
    }

    private Timer timer(Wait wait) {
        return Timer.builder("trek.job.waits")
                .description("Time in line until a claim, of each attempt")
                .tag("type", wait.type)
                .tag("tier", wait.tier)
                .publishPercentileHistogram()
                .register(meters);
    }

    private Timer timer(Outcome outcome) {
        return Timer.builder("trek.job.attempts")
                .description("Attempts from claim to their end, by outcome")
                .tag("type", outcome.type)
                .tag("outcome", outcome.outcome)
                .publishPercentileHistogram()
                .register(meters);
    }
}
