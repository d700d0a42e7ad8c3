package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.trekpoint.lanes.job.ClaimedJob;

/** What this worker measures, and traces, of the jobs it holds. Thread-safe. */
final class JobMeters {
    private final MeterRegistry meters;
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
        Timer.builder("trek.job.waits")
                .description("Time in line until a claim, of each attempt")
                .tag("type", job.type())
                .tag("tier", job.tier())
                .publishPercentileHistogram()
                .register(meters)
                .record(job.waited());
    }

    /**
     * An attempt is over. The outcome is that of its ending, {@code lost} where its finish was
     * refused since the token was gone, or {@code stopped} where that was known before.
     */
    void attempt(HeldJob held, String outcome) {
        traces.over(held, outcome);
        Timer.builder("trek.job.attempts")
                .description("Attempts from claim to their end, by outcome")
                .tag("type", held.job().type())
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .register(meters)
                .record(held.held());
    }

    void leaseLost() {
        leasesLost.increment();
    }
}
