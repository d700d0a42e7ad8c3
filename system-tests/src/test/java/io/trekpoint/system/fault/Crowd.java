package io.trekpoint.system.fault;

import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.LaneProbe;
import io.trekpoint.lanes.guard.LaneStatus;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The connections that many services would have to one Redis: lanes as theirs, which are asked
 * something each second as theirs are.
 */
final class Crowd implements AutoCloseable {
    /** A lane has two connections, and a client of a test has room for so many lanes. */
    private static final int LANES_OF_A_CLIENT = 5;

    private final List<LaneFixture> clients = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<LaneProbe> probes = new ArrayList<>();

    /** Connects so often, and waits until it is. */
    Crowd(RedisServer redis, int connections) {
        while (2 * lanes.size() < connections) {
            LaneFixture client = new LaneFixture(redis.url(), 1);
            clients.add(client);
            List<Lane> own =
                    Stream.generate(() -> client.lane(LaneName.JOBS))
                            .limit(LANES_OF_A_CLIENT)
                            .toList();
            lanes.addAll(own);
            probes.add(new LaneProbe(own, "crowd-" + clients.size()));
        }
        await("%d connections".formatted(connections))
                .atMost(Duration.ofSeconds(20))
                .until(() -> Integer.parseInt(redis.info("connected_clients")) >= connections);
    }

    /** Waits until every lane is answered. */
    void awaitAnswered(Duration atMost) {
        await("every lane of the crowd is answered")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> lanes.stream().map(Lane::status).allMatch(LaneStatus::writable));
    }

    @Override
    public void close() {
        probes.forEach(LaneProbe::close);
        clients.forEach(LaneFixture::close);
    }
}
