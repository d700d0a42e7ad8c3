package io.trekpoint.lanes.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneConfig;
import io.trekpoint.lanes.guard.LaneName;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.time.InstantSource;

/** Lanes to a test's Redis, outside any container. */
public final class LaneFixture implements AutoCloseable {
    private final Vertx vertx;
    private final Redis client;

    /** Connects to a server. */
    public LaneFixture(RedisServer server) {
        this(server.url());
    }

    /** Connects to a server by its URL, with as many event loops as services have. */
    public LaneFixture(String url) {
        this(url, VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);
    }

    /** Connects to a server by its URL, with so many event loops. */
    public LaneFixture(String url, int eventLoops) {
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setPreferNativeTransport(true)
                                .setEventLoopPoolSize(eventLoops));
        client =
                Redis.createClient(
                        vertx,
                        new RedisOptions()
                                .setConnectionString(url)
                                .setMaxPoolSize(16)
                                .setMaxPoolWaiting(512));
    }

    /** The client that {@link #lane} guards. */
    public Redis client() {
        return client;
    }

    /** A lane with a deadline of two seconds, which a busy test machine does not miss. */
    public Lane lane(LaneName name) {
        return lane(name, Duration.ofSeconds(2));
    }

    /** A lane with a deadline of its own and a breaker that judges by four commands. */
    public Lane lane(LaneName name, Duration deadline) {
        return lane(name, deadline, Duration.ofMillis(200));
    }

    /** A lane whose breaker, once open, stays so for a time of its own. */
    public Lane lane(LaneName name, Duration deadline, Duration breakerDelay) {
        return lane(name, new Guarded(deadline, breakerDelay), new SimpleMeterRegistry());
    }

    /** A lane with a deadline of two seconds, and with metrics. */
    public Lane lane(LaneName name, MeterRegistry meters) {
        return lane(name, new Guarded(Duration.ofSeconds(2), Duration.ofMillis(200)), meters);
    }

    private Lane lane(LaneName name, LaneConfig.LaneGuard guard, MeterRegistry meters) {
        return new Lane(name, client, guard, InstantSource.system(), meters);
    }

    @Override
    public void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Guarded(Duration deadline, Duration breakerDelay)
            implements LaneConfig.LaneGuard {
        @Override
        public int breakerVolume() {
            return 4;
        }

        @Override
        public double breakerRatio() {
            return 0.5;
        }
    }
}
