package io.trekpoint.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ClaimPulseTest {
    private final Instant start = InstantSource.system().instant();
    private Instant now = start;

    @Test
    void isDeafWhenItCompletesNoTurnWhileItsLaneIsWell() {
        try (RedisServer redis = RedisServer.start();
                LaneFixture lanes = new LaneFixture(redis)) {
            ClaimPulse pulse = new ClaimPulse(lanes.lane(LaneName.JOBS), () -> now);
            pulse.beat();
            now = start.plus(Duration.ofSeconds(30));
            assertThat(pulse.deaf()).isFalse();
            now = start.plus(Duration.ofSeconds(90));
            assertThat(pulse.deaf()).isTrue();
            pulse.beat();
            assertThat(pulse.deaf()).isFalse();
        }
    }

    @Test
    void isNotDeafWhileItsLaneIsAwayNorRightAfter() {
        try (RedisServer redis = RedisServer.start();
                LaneFixture lanes = new LaneFixture(redis)) {
            Lane lane = lanes.lane(LaneName.JOBS);
            ClaimPulse pulse = new ClaimPulse(lane, () -> now);
            redis.kill();
            await().until(() -> {
                var fault = catchThrowable(() -> write(lane));
                return fault != null && !lane.status().writable();
            });
            now = start.plus(Duration.ofHours(1));
            assertThat(pulse.deaf()).isFalse();
        }
    }

    private static void write(Lane lane) {
        lane.send(Request.cmd(Command.SET).arg("key").arg("value"), Lane.Access.WRITE);
    }
}
