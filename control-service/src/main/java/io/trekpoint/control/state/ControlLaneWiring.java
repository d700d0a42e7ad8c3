package io.trekpoint.control.state;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.runtime.Startup;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneConfig;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorConfig;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Wires the control lane and what stands on it. */
final class ControlLaneWiring {
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Lane lane(
            @RedisClientName("control") Redis client,
            LaneConfig config,
            InstantSource clock,
            MeterRegistry meters) {
        return new Lane(LaneName.CONTROL, client, config.control(), clock, meters);
    }

    @Produces
    @Singleton
    ControlJournal journal(Lane lane) {
        return new ControlJournal(lane);
    }

    @Produces
    @Singleton
    @Startup
    Mirror mirror(
            MirrorConfig config,
            Lane lane,
            @RedisClientName("control-follow") Redis follow,
            InstantSource clock,
            MeterRegistry meters) {
        FollowClient waiting = new FollowClient(LaneName.CONTROL, follow);
        return Mirror.start(config, lane, waiting, clock, meters);
    }

    void stop(@Disposes Mirror mirror) {
        mirror.close();
    }
}
