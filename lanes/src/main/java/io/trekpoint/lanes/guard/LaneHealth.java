package io.trekpoint.lanes.guard;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** What the latest commands of a lane said about its Redis. Thread-safe. */
final class LaneHealth {
    private static final Logger LOG = Logger.getLogger(LaneHealth.class);
    private static final String CLOSED = "closed";
    private static final String OPEN = "open";

    private final InstantSource clock;
    private volatile LaneStatus status;

    LaneHealth(LaneName lane, InstantSource clock) {
        this.clock = clock;
        this.status =
                new LaneStatus(lane, CLOSED, Optional.empty(), Optional.empty(), clock.instant());
    }

    LaneStatus status() {
        return status;
    }

    /** The fault that keeps an open breaker open. */
    Fault silence() {
        LaneStatus now = status;
        return now.reads().or(now::writes).orElse(Fault.DEAD);
    }

    void answered(Lane.Access access) {
        LaneStatus now = status;
        if (now.reads().isPresent() || now.writes().isPresent()) {
            // A late answer: while the breaker is open, nobody else gets one.
            update(was ->
                    was.breaker().equals(OPEN)
                            ? was
                            : with(
                                    was,
                                    was.breaker(),
                                    Optional.empty(),
                                    writesAfter(access, was.writes())));
        }
    }

    /** What is known of writes once a command of that kind was answered. */
    private static Optional<Fault> writesAfter(Lane.Access answered, Optional<Fault> writes) {
        return switch (answered) {
            // A silence hits reads and writes alike, so an answered read ends it for both.
            case READ -> writes.filter(fault -> !fault.countsTowardsBreaker());
            case FREEING_WRITE -> writes.filter(fault -> fault == Fault.OUT_OF_MEMORY);
            case WRITE -> Optional.empty();
        };
    }

    void failed(Lane.Access access, LaneException failure) {
        Fault fault = failure.fault();
        if (fault == Fault.REJECTED || fault == Fault.INTERRUPTED) {
            return;
        }
        Optional<Fault> seen = Optional.of(fault);
        boolean silent = fault.countsTowardsBreaker();
        update(
                was ->
                        with(
                                was,
                                was.breaker(),
                                silent || access == Lane.Access.READ ? seen : was.reads(),
                                silent || access != Lane.Access.READ ? seen : was.writes()),
                ", by " + lastCause(failure));
    }

    /** What it came from in the end, such as a certificate that nobody vouches for. */
    private static String lastCause(LaneException failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last == failure ? "no answer" : last.toString();
    }

    void breaker(CircuitBreakerState state) {
        String label =
                switch (state) {
                    case CLOSED -> CLOSED;
                    case OPEN -> OPEN;
                    case HALF_OPEN -> "half-open";
                };
        update(was -> with(was, label, was.reads(), was.writes()));
    }

    void bind(MeterRegistry meters) {
        gauge(
                meters,
                "trek.lane.readable",
                "1 while reads on the lane are answered",
                s -> s.readable() ? 1 : 0);
        gauge(
                meters,
                "trek.lane.writable",
                "1 while writes on the lane are answered",
                s -> s.writable() ? 1 : 0);
        gauge(
                meters,
                "trek.lane.breaker",
                "0 closed, 1 half-open, 2 open",
                s -> s.breaker().equals(CLOSED) ? 0 : s.breaker().equals(OPEN) ? 2 : 1);
    }

    private void gauge(
            MeterRegistry meters,
            String name,
            String description,
            ToDoubleFunction<LaneStatus> value) {
        Gauge.builder(name, this, health -> value.applyAsDouble(health.status()))
                .description(description)
                .tag("lane", status.lane().label())
                .register(meters);
    }

    private LaneStatus with(
            LaneStatus was, String breaker, Optional<Fault> reads, Optional<Fault> writes) {
        if (was.breaker().equals(breaker)
                && was.reads().equals(reads)
                && was.writes().equals(writes)) {
            return was;
        }
        return new LaneStatus(was.lane(), breaker, reads, writes, clock.instant());
    }

    private void update(UnaryOperator<LaneStatus> change) {
        update(change, "");
    }

    private synchronized void update(UnaryOperator<LaneStatus> change, String by) {
        LaneStatus was = status;
        LaneStatus is = change.apply(was);
        status = is;
        if (was.readable() != is.readable() || was.writable() != is.writable()) {
            LOG.infof(
                    "lane %s: reads %s, writes %s%s",
                    is.lane().label(),
                    is.reads().map(Fault::label).orElse("answered"),
                    is.writes().map(Fault::label).orElse("answered"),
                    by);
        }
    }
}
