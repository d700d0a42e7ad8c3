package io.trekpoint.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class JobEventsTest {
    @Test
    void sendsListenersHomeWhenTheProcessStops() {
        try (RedisServer server = RedisServer.start();
                LaneFixture lanes = new LaneFixture(server)) {
            JobEvents events = events(lanes);
            List<JobEvents.News> heard = new CopyOnWriteArrayList<>();
            events.listen(JobId.random(0), heard::add);
            events.close();
            events.listen(JobId.random(0), heard::add);
            assertThat(heard)
                    .containsExactly(new JobEvents.News.Closing(), new JobEvents.News.Closing());
        }
    }

    @Test
    void waitsForNewsOfEveryShardAtOnce() {
        try (RedisServer server = RedisServer.start();
                LaneFixture lanes = new LaneFixture(server);
                JobEvents _ = events(lanes, 3)) {
            await().until(() -> server.info("blocked_clients").equals("3"));
        }
    }

    @Test
    void tellsListenersToLookForThemselvesAfterTroubleWithReading() {
        try (RedisServer server = RedisServer.start();
                LaneFixture lanes = new LaneFixture(server);
                JobEvents events = events(lanes)) {
            List<JobEvents.News> heard = new CopyOnWriteArrayList<>();
            events.listen(JobId.random(0), heard::add);
            await().until(() -> Integer.parseInt(server.info("blocked_clients")) == 1);
            server.restart();
            await().until(() -> heard.contains(new JobEvents.News.Missed()));
        }
    }

    private static JobEvents events(LaneFixture lanes) {
        return events(lanes, 1);
    }

    private static JobEvents events(LaneFixture lanes, int shards) {
        return new JobEvents(new FollowClient(LaneName.JOBS, lanes.client()), shards);
    }
}
