package io.trekpoint.api.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.gateway.StrayLoop;
import io.trekpoint.api.gateway.Strays;
import io.trekpoint.api.job.JobEvents;
import io.trekpoint.api.limit.DebtLoop;
import io.trekpoint.api.limit.LocalConfig;
import io.trekpoint.api.limit.LocalShare;
import io.trekpoint.api.limit.Replicas;
import io.trekpoint.lanes.evaluation.EvaluationConfig;
import io.trekpoint.lanes.evaluation.EvaluationCounters;
import io.trekpoint.lanes.evaluation.EvaluationReporter;
import io.trekpoint.lanes.guard.Concern;
import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneConfig;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.LaneProbe;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.guard.ReplicatedWrites;
import io.trekpoint.lanes.guard.SteadyClock;
import io.trekpoint.lanes.instance.Heartbeat;
import io.trekpoint.lanes.instance.Identity;
import io.trekpoint.lanes.instance.InstanceConfig;
import io.trekpoint.lanes.instance.RollCall;
import io.trekpoint.lanes.job.DurabilityConfig;
import io.trekpoint.lanes.job.JobCanceller;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobLister;
import io.trekpoint.lanes.job.JobLookup;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.limit.Limiter;
import io.trekpoint.lanes.limit.LocalLimiter;
import io.trekpoint.lanes.limit.Reservations;
import io.trekpoint.lanes.limit.SharedLimiter;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorConfig;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The lanes of the gateway, and what stands on them. */
@Dependent
class LaneWiring {
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    @Produces
    @Singleton
    @Named("jobs")
    Lane jobs(@RedisClientName("jobs") Redis client, LaneConfig config, MeterRegistry meters) {
        return new Lane(LaneName.JOBS, client, config.jobs(), InstantSource.system(), meters);
    }

    @Produces
    @Singleton
    @Named("limits")
    Lane limits(@RedisClientName("limits") Redis client, LaneConfig config, MeterRegistry meters) {
        return new Lane(LaneName.LIMITS, client, config.limits(), InstantSource.system(), meters);
    }

    @Produces
    @Singleton
    @Named("control")
    Lane control(
            @RedisClientName("control") Redis client, LaneConfig config, MeterRegistry meters) {
        return new Lane(LaneName.CONTROL, client, config.control(), InstantSource.system(), meters);
    }

    @Produces
    @Singleton
    @Named("instance")
    String instance() {
        return UUID.randomUUID().toString();
    }

    @Startup
    @Produces
    @Singleton
    LaneProbe probe(
            @Named("jobs") Lane jobs,
            @Named("limits") Lane limits,
            @Named("control") Lane control,
            @Named("instance") String instance) {
        return new LaneProbe(List.of(jobs, limits, control), instance);
    }

    @Produces
    @Singleton
    Mirror mirror(
            MirrorConfig config,
            @Named("control") Lane lane,
            @RedisClientName("control-follow") Redis follow,
            MeterRegistry meters) {
        return Mirror.start(
                config,
                lane,
                new FollowClient(LaneName.CONTROL, follow),
                new SteadyClock(),
                meters);
    }

    @Produces
    @Singleton
    EvaluationCounters evaluations() {
        return new EvaluationCounters();
    }

    @Startup
    @Produces
    @Singleton
    EvaluationReporter reporter(
            EvaluationCounters evaluations, EvaluationConfig config, @Named("control") Lane lane) {
        return EvaluationReporter.start(evaluations, config, lane, InstantSource.system());
    }

    @Startup
    @Produces
    @Singleton
    ConcernModes modes(
            @Named("jobs") Lane jobs, Limiter limiter, Mirror mirror, MeterRegistry meters) {
        return mirror.declare(new ConcernModes(InstantSource.system(), meters))
                .declare(Concern.JOBS, () -> jobs.status().writable() ? Mode.NORMAL : Mode.REFUSING)
                .declare(
                        Concern.RESULTS,
                        () -> jobs.status().readable() ? Mode.NORMAL : Mode.REFUSING)
                .declare(Concern.LIMITS, limiter::mode);
    }

    @Startup
    @Produces
    @Singleton
    Replicas replicas(@Named("control") Lane control, LocalConfig config, MeterRegistry meters) {
        InstantSource clock = new SteadyClock();
        RollCall roll = new RollCall(control, clock);
        Replicas replicas = new Replicas(config.replicas(), roll::read, clock);
        Gauge.builder("trek.limits.replicas", replicas, Replicas::count)
                .description("Gateways that share the limits while Redis is away")
                .register(meters);
        return replicas;
    }

    @Produces
    @Singleton
    LocalLimiter localLimiter(
            LocalConfig config, Replicas replicas, Mirror mirror, MeterRegistry meters) {
        LocalShare share =
                new LocalShare(
                        replicas::count, config.maxClients(), () -> mirror.current().state());
        LocalLimiter local = new LocalLimiter(share, InstantSource.system());
        Gauge.builder("trek.limits.local.clients", local, LocalLimiter::clients)
                .description("Clients that this gateway keeps apart in its memory")
                .register(meters);
        Gauge.builder("trek.limits.indebted.clients", local, LocalLimiter::indebtedClients)
                .description("Clients that were given something the shared count does not know")
                .register(meters);
        return local;
    }

    @Startup
    @Produces
    @Singleton
    Limiter limiter(@Named("limits") Lane lane, LocalLimiter local) {
        Limiter limiter =
                new Limiter(
                        new SharedLimiter(lane),
                        new Reservations(lane, InstantSource.system()),
                        local);
        limiter.warmUp(WARM_UP);
        return limiter;
    }

    @Startup
    @Produces
    @Singleton
    DebtLoop debts(Limiter limiter) {
        return new DebtLoop(limiter);
    }

    @Startup
    @Produces
    @Singleton
    StrayLoop strayLoop(Strays strays, @Named("limits") Lane lane) {
        return new StrayLoop(strays, strays.shared(lane));
    }

    /** Submits by the control state of the request that is served. */
    @Produces
    @Singleton
    JobSubmitter submitter(
            @Named("jobs") Lane lane,
            @RedisClientName("jobs-replicated") Redis client,
            JobConfig config,
            DurabilityConfig durability,
            Call call) {
        Optional<ReplicatedWrites> replicated =
                switch (durability.durability()) {
                    case LOCAL -> Optional.empty();
                    case REPLICATED ->
                            Optional.of(
                                    new ReplicatedWrites(lane, client, durability.replicaWait()));
                };
        return new JobSubmitter(lane, config, () -> JobRules.of(call.control()), replicated);
    }

    @Produces
    @Singleton
    JobLookup lookup(@Named("jobs") Lane lane) {
        return new JobLookup(lane);
    }

    @Produces
    @Singleton
    JobLister lister(@Named("jobs") Lane lane, JobConfig config) {
        return new JobLister(lane, config);
    }

    /** Cancels by the control state of the request that is served. */
    @Produces
    @Singleton
    JobCanceller canceller(@Named("jobs") Lane lane, Call call) {
        return new JobCanceller(lane, () -> JobRules.of(call.control()));
    }

    @Startup
    @Produces
    @Singleton
    JobEvents events(
            @RedisClientName("jobs-follow") Redis follow, JobConfig config, MeterRegistry meters) {
        JobEvents events = new JobEvents(new FollowClient(LaneName.JOBS, follow), config.shards());
        Gauge.builder("trek.jobs.waiters", events, JobEvents::listening)
                .description("Requests that wait for a job, event streams included")
                .register(meters);
        return events;
    }

    @Produces
    @Singleton
    Identity identity(
            @Named("instance") String id,
            InstanceConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Instant startedAt =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return new Identity(id, service, version, config.url(), startedAt);
    }

    @Startup
    @Produces
    @Singleton
    Heartbeat heartbeat(
            Identity identity, @Named("control") Lane control, ConcernModes modes, Mirror mirror) {
        return new Heartbeat(identity, control, modes, mirror, new SteadyClock());
    }

    /** Whoever waits is answered while the server still waits for its requests. */
    void letWaitersGo(@Observes ShutdownDelayInitiatedEvent event, JobEvents events) {
        events.close();
    }

    /** What follows Redis stops before its clients do. */
    void stop(
            @Observes ShutdownEvent event,
            LaneProbe probe,
            Heartbeat heartbeat,
            EvaluationReporter reporter,
            Mirror mirror,
            JobEvents events,
            Replicas replicas,
            DebtLoop debts,
            StrayLoop strays) {
        events.close();
        strays.close();
        debts.close();
        replicas.close();
        heartbeat.close();
        reporter.close();
        probe.close();
        mirror.close();
    }
}
