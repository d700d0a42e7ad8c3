package io.trekpoint.control.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.client.RedisClientName;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneConfig;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.DeadLetters;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobLister;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.QueueOverview;
import io.trekpoint.lanes.job.QueueSwitch;
import io.trekpoint.lanes.mirror.Mirror;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * The jobs lane, for what operators do with jobs and for nothing else: without it everything but
 * that goes on here.
 */
@Dependent
class JobWiring {
    @Produces
    @Singleton
    JobLane lane(
            @RedisClientName("jobs") Redis client,
            LaneConfig config,
            InstantSource clock,
            MeterRegistry meters) {
        return new JobLane(new Lane(LaneName.JOBS, client, config.jobs(), clock, meters));
    }

    @Produces
    @Singleton
    QueueOverview overview(JobLane jobs, JobConfig config) {
        return new QueueOverview(jobs.lane(), config);
    }

    @Produces
    @Singleton
    QueueSwitch toggle(JobLane jobs, JobConfig config) {
        return new QueueSwitch(jobs.lane(), config);
    }

    @Produces
    @Singleton
    JobLister lister(JobLane jobs, JobConfig config) {
        return new JobLister(jobs.lane(), config);
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(JobLane jobs, Mirror mirror) {
        return new DeadLetters(jobs.lane(), () -> JobRules.of(mirror.current().state()));
    }
}
