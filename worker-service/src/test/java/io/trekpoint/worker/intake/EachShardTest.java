package io.trekpoint.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EachShardTest {
    @Test
    void goesOnAfterAShardInTroubleAndTellsOfItThen() {
        List<Integer> asked = new ArrayList<>();
        try (RedisServer redis = RedisServer.start();
                LaneFixture lanes = new LaneFixture(redis)) {
            Lane lane = lanes.lane(LaneName.JOBS);
            redis.command("SET 0 text");
            assertThatThrownBy(() ->
                            EachShard.run(
                                    3,
                                    shard -> {
                                        asked.add(shard);
                                        Request length = Request.cmd(Command.LLEN).arg(shard);
                                        lane.send(length, Lane.Access.READ);
                                    }))
                    .isInstanceOf(LaneException.class)
                    .hasMessageContaining("WRONGTYPE");
        }
        assertThat(asked).containsExactly(0, 1, 2);
    }
}
