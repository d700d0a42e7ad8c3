package io.trekpoint.worker.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
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
import io.trekpoint.lanes.guard.SteadyClock;
import io.trekpoint.lanes.instance.Heartbeat;
import io.trekpoint.lanes.instance.Identity;
import io.trekpoint.lanes.instance.InstanceConfig;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobExpirer;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobPromoter;
import io.trekpoint.lanes.job.JobReaper;
import io.trekpoint.lanes.job.JobReconciler;
import io.trekpoint.lanes.job.JobRenewer;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.JobSettlements;
import io.trekpoint.lanes.job.QueueOverview;
import io.trekpoint.lanes.limit.Reservations;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorConfig;
import io.trekpoint.worker.intake.JobSteps;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The lanes of the worker, and the job protocol on them. */
@Dependent
class LaneWiring {
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
    ConcernModes modes(@Named("jobs") Lane jobs, Mirror mirror, MeterRegistry meters) {
        return mirror.declare(new ConcernModes(InstantSource.system(), meters))
                .declare(Concern.JOBS, () -> jobs.status().writable() ? Mode.NORMAL : Mode.REFUSING)
                .declare(
                        Concern.RESULTS,
                        () -> jobs.status().readable() ? Mode.NORMAL : Mode.REFUSING);
    }

    /** The job protocol's numbers by the control state of this moment. */
    @Produces
    @Singleton
    Supplier<JobRules> rules(Mirror mirror) {
        return () -> JobRules.of(mirror.current().state());
    }

    @Produces
    @Singleton
    JobClaimer claimer(
            @Named("jobs") Lane lane,
            @RedisClientName("jobs-follow") Redis follow,
            JobConfig config,
            Supplier<JobRules> rules) {
        return new JobClaimer(lane, new FollowClient(LaneName.JOBS, follow), config, rules);
    }

    @Produces
    @Singleton
    JobSteps steps(@Named("jobs") Lane lane, JobClaimer claimer, Supplier<JobRules> rules) {
        return new JobSteps(
                claimer,
                new JobRenewer(lane, rules),
                new JobFinisher(lane, rules),
                new JobReaper(lane, rules),
                new JobPromoter(lane, rules));
    }

    @Produces
    @Singleton
    QueueOverview overview(@Named("jobs") Lane lane, JobConfig config) {
        return new QueueOverview(lane, config);
    }

    @Produces
    @Singleton
    JobReconciler reconciler(@Named("jobs") Lane lane, Supplier<JobRules> rules) {
        return new JobReconciler(lane, rules);
    }

    @Produces
    @Singleton
    JobExpirer expirer(@Named("jobs") Lane lane, Supplier<JobRules> rules) {
        return new JobExpirer(lane, rules);
    }

    @Produces
    @Singleton
    JobSettlements settlements(@Named("jobs") Lane lane) {
        return new JobSettlements(lane);
    }

    @Produces
    @Singleton
    Reservations reservations(@Named("limits") Lane lane, InstantSource clock) {
        return new Reservations(lane, clock);
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
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
