package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What this worker measures, and traces, of the jobs it holds. Thread-safe. */
final class JobMeters {
    private record Kind(String type, String tier) {
        static Kind of(HeldJob held) {
            return new Kind(held.job().type(), held.job().tier());
        }
    }

    private record Outcome(String type, String outcome) {}

    private final MeterRegistry meters;
    private final Map<Kind, Counter> claims = new ConcurrentHashMap<>();
    private final Map<Kind, Timer> waits = new ConcurrentHashMap<>();
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

    /** A job was claimed. */
    void claimed(HeldJob held) {
        claims.computeIfAbsent(Kind.of(held), this::counter).increment();
    }

    /** A thread begins an attempt. */
    void begun(HeldJob held) {
        traces.begun(held);
        waits.computeIfAbsent(Kind.of(held), this::timer)
                .record(held.job().waited().plus(held.held()));
    }

    /**
     * An attempt is over. The outcome is that of its ending, {@code lost} where its finish was
     * refused since the token was gone, or {@code stopped} where that was known before.
     */
    void attempt(HeldJob held, String outcome) {
        traces.over(held, outcome);
        attempts.computeIfAbsent(new Outcome(held.job().type(), outcome), this::timer)
                .record(held.sinceBegun());
    }

    void leaseLost() {
        leasesLost.increment();
    }

    private Counter counter(Kind kind) {
        return Counter.builder("trek.job.claims")
                .description("Jobs claimed, each time")
                .tag("type", kind.type)
                .tag("tier", kind.tier)
                .register(meters);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("trek.job.waits")
                .description("Time in line until a thread begins, of each attempt")
                .tag("type", kind.type)
                .tag("tier", kind.tier)
                .publishPercentileHistogram()
                .register(meters);
    }

    private Timer timer(Outcome outcome) {
        return Timer.builder("trek.job.attempts")
                .description("Attempts from their begin to their end, by outcome")
                .tag("type", outcome.type)
                .tag("outcome", outcome.outcome)
                .publishPercentileHistogram()
                .register(meters);
    }
}
