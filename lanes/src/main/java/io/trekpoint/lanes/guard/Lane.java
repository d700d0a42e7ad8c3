package io.trekpoint.lanes.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/**
 * The path of concerns to one Redis: a client, a deadline on every command, a circuit breaker, and
 * a record of how it fares. Who asks for a reply blocks its thread, which is meant to be a virtual
 * one. Nothing is retried here. Thread-safe.
 */
public final class Lane {
    /** Whether a command only reads: a full or read-only Redis still answers those. */
    public enum Access {
        /** The command changes nothing. */
        READ,
        /** The command may change something. */
        WRITE,
        /** The command may change something, and is of those that a full Redis still takes. */
        FREEING_WRITE
    }

    private final LaneName name;
    private final Commander commander;
    private final Duration deadline;
    private final Guard guard;
    private final int breakerVolume;
    private final LaneHealth health;
    private final Timer commands;
    private final MeterRegistry meters;

    /**
     * Guards a client.
     *
     * @param name the lane
     * @param client the lane's own command client; whoever made it closes it
     * @param config deadline and breaker
     * @param clock tells since when a status holds
     * @param meters where the lane's metrics go
     */
    public Lane(
            LaneName name,
            Redis client,
            LaneConfig.LaneGuard config,
            InstantSource clock,
            MeterRegistry meters) {
        this.name = name;
        this.commander = new Commander(name, client);
        this.deadline = config.deadline();
        this.breakerVolume = config.breakerVolume();
        this.health = new LaneHealth(name, clock);
        this.meters = meters;
        this.commands =
                Timer.builder("trek.lane.commands")
                        .description("Commands on a lane, refused ones excluded")
                        .tag("lane", name.label())
                        .publishPercentileHistogram()
                        .register(meters);
        health.bind(meters);
        this.guard =
                Guard.create()
                        .withCircuitBreaker()
                        .requestVolumeThreshold(config.breakerVolume())
                        .failureRatio(config.breakerRatio())
                        .delay(config.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                        .successThreshold(1)
                        .when(failure ->
                                failure instanceof LaneException e
                                        && e.fault().countsTowardsBreaker())
                        .onStateChange(this::breaker)
                        .done()
                        .build();
        forget();
    }

    /** Which lane this is. */
    public LaneName name() {
        return name;
    }

    /**
     * Sends one command within the lane's deadline. Never one that blocks: the commands of others
     * wait behind it on the same connection.
     *
     * @return the reply; null for a nil reply
     * @throws LaneException when there is no useful answer, or the breaker is open
     */
    public @Nullable Response send(Request request, Access access) {
        return send(request, access, deadline);
    }

    /**
     * Sends one command within a deadline of the caller's own, for work that is not on a request's
     * path.
     *
     * @return the reply; null for a nil reply
     * @throws LaneException when there is no useful answer, or the breaker is open
     */
    public @Nullable Response send(Request request, Access access, Duration within) {
        return guarded(() -> commander.send(request, within), access);
    }

    /**
     * Sends a read whose reply is asked for later, so that it is under way while the caller does
     * something else; within the lane's deadline, from now on. Breaker and health judge it when it
     * is asked for, and while the lane does not answer it is sent no sooner. Nobody has to ask;
     * what becomes of a read then counts for nothing but the time of an answer.
     *
     * @return asks for the reply, once; null for a nil reply. Fails as {@link #send} does.
     */
    public Supplier<@Nullable Response> ahead(Request read) {
        if (!status().readable()) {
            return () -> send(read, Access.READ);
        }
        long began = System.nanoTime();
        Commander.Sent sent = commander.begin(read);
        sent.onDone(() -> took(began));
        return () ->
                judged(
                        () -> sent.await(deadline.minusNanos(System.nanoTime() - began)),
                        Access.READ);
    }

    /** How the lane fares. */
    public LaneStatus status() {
        return health.status();
    }

    /** The longest a command on a request's path may take. */
    public Duration deadline() {
        return deadline;
    }

    /** Calls the lane's Redis in some way: breaker, health and metrics are those of the lane. */
    <T extends @Nullable Object> T guarded(Supplier<T> call, Access access) {
        return judged(() -> timed(call), access);
    }

    private <T extends @Nullable Object> T judged(Supplier<T> call, Access access) {
        try {
            @SuppressWarnings("unchecked")
            Answer<T> answer = guard.call(() -> new Answer<>(call.get()), Answer.class);
            health.answered(access);
            return answer.reply;
        } catch (CircuitBreakerOpenException e) {
            throw LaneException.heldBack(name, health.silence());
        } catch (LaneException e) {
            failed(e, access);
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("lane " + name.label() + " is miswired", e);
        }
    }

    private void breaker(CircuitBreakerState state) {
        health.breaker(state);
        if (state == CircuitBreakerState.CLOSED) {
            forget();
        }
    }

    /**
     * Lets a past that the breaker does not know count as answered. It judges once its window is
     * full, at whatever fills it: after a short silence that would be an answer, and Redis would be
     * shut out as soon as it is back.
     */
    private void forget() {
        for (int i = 0; i < breakerVolume; i++) {
            guard.get(() -> true, Boolean.class);
        }
    }

    private <T extends @Nullable Object> T timed(Supplier<T> call) {
        long began = System.nanoTime();
        try {
            return call.get();
        } finally {
            took(began);
        }
    }

    private void took(long began) {
        commands.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private void failed(LaneException e, Access access) {
        if (e.replyCode().equals(Fault.NOT_LOADED)) {
            return;
        }
        health.failed(access, e);
        meters.counter("trek.lane.faults", "lane", name.label(), "fault", e.fault().label())
                .increment();
    }

    /** A nil reply is null, which a guarded call could not tell from no reply. */
    private static final class Answer<T extends @Nullable Object> {
        private final T reply;

        Answer(T reply) {
            this.reply = reply;
        }
    }
}
