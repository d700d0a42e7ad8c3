package io.trekpoint.worker.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.client.RedisClientName;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneConfig;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobExpirer;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobReaper;
import io.trekpoint.lanes.job.JobRenewer;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;

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
    @Named("control")
    Lane control(
            @RedisClientName("control") Redis client, LaneConfig config, MeterRegistry meters) {
        return new Lane(LaneName.CONTROL, client, config.control(), InstantSource.system(), meters);
    }

    @Produces
    @Singleton
    JobClaimer claimer(
            @Named("jobs") Lane lane,
            @RedisClientName("jobs-follow") Redis follow,
            JobConfig config) {
        return new JobClaimer(lane, new FollowClient(LaneName.JOBS, follow), config);
    }

    @Produces
    @Singleton
    JobRenewer renewer(@Named("jobs") Lane lane, JobConfig config) {
        return new JobRenewer(lane, config);
    }

    @Produces
    @Singleton
    JobReaper reaper(@Named("jobs") Lane lane, JobConfig config) {
        return new JobReaper(lane, config);
    }

    @Produces
    @Singleton
    JobExpirer expirer(@Named("jobs") Lane lane, JobConfig config) {
        return new JobExpirer(lane, config);
    }

    @Produces
    @Singleton
    JobFinisher finisher(@Named("jobs") Lane lane, JobConfig config) {
        return new JobFinisher(lane, config);
    }
}
