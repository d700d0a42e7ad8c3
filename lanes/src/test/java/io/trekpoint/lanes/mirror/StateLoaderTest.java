package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateLoaderTest {
    private static final Set<Thread.State> WAITING =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final MirrorState mirror = new MirrorState(InstantSource.system());
    private RedisServer redis;
    private LaneFixture fixture;
    private Lane lane;
    private StateLoader loader;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        lane = fixture.lane(LaneName.CONTROL, Duration.ofSeconds(30));
        loader = new StateLoader(mirror, new RedisSource(lane, InstantSource.system()));
    }

    @AfterEach
    void stop() {
        redis.thaw();
        fixture.close();
        redis.close();
    }

    @Test
    void offersTheMirrorWhatRedisHolds() {
        ControlData.init(lane).flag("gpx.export", ControlData.ON, false);

        loader.load();

        assertThat(mirror.current().state().flags()).containsKey("gpx.export");
        assertThat(mirror.current().source()).isEqualTo(Source.REDIS);
    }

    @Test
    void leavesAReadToWhoeverIsAtIt() {
        redis.freeze();
        Thread reader = Thread.ofPlatform().daemon().start(this::tryLoad);
        await().until(() -> WAITING.contains(reader.getState()));

        long began = System.nanoTime();
        loader.loadUnlessLoading();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        assertThat(reader.isAlive()).isTrue();
    }

    private void tryLoad() {
        try {
            loader.load();
        } catch (LaneException e) {
            // The frozen server did not answer in time.
        }
    }
}
