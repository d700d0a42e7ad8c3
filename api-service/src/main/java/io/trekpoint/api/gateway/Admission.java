package io.trekpoint.api.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many requests are worked on at once, so that a process that has more than it can do
 * says so at once, instead of doing everything too late. Requests that wait for a job do not count.
 * Thread-safe.
 */
@Singleton
public final class Admission {
    /** A place that nobody gave and nobody misses. */
    public static final Place NO_PLACE = new Place(new AtomicInteger());

    private final int most;
    private final AtomicInteger inWork = new AtomicInteger();
    private final Counter refused;

    Admission(GatewayConfig config, MeterRegistry meters) {
        this.most = config.mostAtOnce();
        Gauge.builder("trek.gateway.in.work", inWork, AtomicInteger::get)
                .description("Requests that are worked on, those that wait for a job left out")
                .register(meters);
        this.refused =
                Counter.builder("trek.gateway.overloaded")
                        .description("Requests that were refused as too many were in work")
                        .register(meters);
    }

    /** A place for one more request; empty where all are taken. */
    public Optional<Place> enter() {
        if (inWork.incrementAndGet() > most) {
            inWork.decrementAndGet();
            refused.increment();
            return Optional.empty();
        }
        return Optional.of(new Place(inWork));
    }

    /** The place of one request. Thread-safe. */
    public static final class Place {
        private enum Held {
            IN_WORK,
            PARKED,
            GIVEN_BACK
        }

        private final AtomicInteger inWork;
        private Held held = Held.IN_WORK;

        private Place(AtomicInteger inWork) {
            this.inWork = inWork;
        }

        synchronized Parked park() {
            if (held == Held.IN_WORK) {
                held = Held.PARKED;
                inWork.decrementAndGet();
            }
            return this::resume;
        }

        /** Whoever has waited is let back in, also where that makes one too many. */
        private synchronized void resume() {
            if (held == Held.PARKED) {
                held = Held.IN_WORK;
                inWork.incrementAndGet();
            }
        }

        synchronized void close() {
            if (held == Held.IN_WORK) {
                inWork.decrementAndGet();
            }
            held = Held.GIVEN_BACK;
        }
    }

    /** A request that waits and does not count meanwhile, until this is closed. */
    @FunctionalInterface
    public interface Parked extends AutoCloseable {
        @Override
        void close();
    }
}
