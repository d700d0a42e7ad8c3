package io.trekpoint.control.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.trekpoint.lanes.evaluation.EvaluationConfig;
import io.trekpoint.lanes.evaluation.EvaluationCounters;
import io.trekpoint.lanes.evaluation.EvaluationRecords;
import io.trekpoint.lanes.evaluation.EvaluationReporter;
import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneConfig;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.LaneProbe;
import io.trekpoint.lanes.guard.SteadyClock;
import io.trekpoint.lanes.instance.Heartbeat;
import io.trekpoint.lanes.instance.Identity;
import io.trekpoint.lanes.instance.InstanceConfig;
import io.trekpoint.lanes.instance.RollCall;
import io.trekpoint.lanes.mirror.AuditStream;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorConfig;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The control lane, and what stands on it. */
@Dependent
class LaneWiring {
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @Named("instance")
    String instance() {
        return UUID.randomUUID().toString();
    }

    @Produces
    @Singleton
    Lane control(
            @RedisClientName("control") Redis client,
            LaneConfig config,
            InstantSource clock,
            MeterRegistry meters) {
        return new Lane(LaneName.CONTROL, client, config.control(), clock, meters);
    }

    @Startup
    @Produces
    @Singleton
    LaneProbe probe(Lane lane, JobLane jobs, @Named("instance") String instance) {
        return new LaneProbe(List.of(lane, jobs.lane()), instance);
    }

    @Produces
    @Singleton
    ControlJournal journal(Lane lane) {
        return new ControlJournal(lane);
    }

    @Produces
    @Singleton
    AuditStream audit(Lane lane) {
        return new AuditStream(lane);
    }

    @Produces
    @Singleton
    Mirror mirror(
            MirrorConfig config,
            Lane lane,
            @RedisClientName("control-follow") Redis follow,
            MeterRegistry meters) {
        FollowClient waiting = new FollowClient(LaneName.CONTROL, follow);
        return Mirror.start(config, lane, waiting, new SteadyClock(), meters);
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
            EvaluationCounters evaluations,
            EvaluationConfig config,
            Lane lane,
            InstantSource clock) {
        return EvaluationReporter.start(evaluations, config, lane, clock);
    }

    @Produces
    @Singleton
    EvaluationRecords records(Lane lane) {
        return new EvaluationRecords(lane);
    }

    @Startup
    @Produces
    @Singleton
    ConcernModes modes(Mirror mirror, InstantSource clock, MeterRegistry meters) {
        return mirror.declare(new ConcernModes(clock, meters));
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
    Heartbeat heartbeat(Identity identity, Lane lane, ConcernModes modes, Mirror mirror) {
        return new Heartbeat(identity, lane, modes, mirror, new SteadyClock());
    }

    @Produces
    @Singleton
    RollCall rollCall(Lane lane, InstantSource clock) {
        return new RollCall(lane, clock);
    }

    /** What follows Redis stops before its clients do. */
    void stop(
            @Observes ShutdownEvent event,
            LaneProbe probe,
            Heartbeat heartbeat,
            EvaluationReporter reporter,
            Mirror mirror) {
        heartbeat.close();
        reporter.close();
        probe.close();
        mirror.close();
    }
}
