package io.trekpoint.lanes.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.LaneName;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scripts against a server that has them or has not, and the time that all tries share. */
class ScriptTest {
    private static final Duration WITHIN = Duration.ofMillis(250);
    private static final Duration ANSWER_TAKES = Duration.ofMillis(90);
    private static final List<String> KEYS = List.of("{jobs:0}:record");

    private final RedisServer server = RedisServer.start();
    private final LaneFixture fixture = new LaneFixture(server);
    private final Lane lane = fixture.lane(LaneName.JOBS);
    private final Script script =
            new Script("#!lua flags=no-writes\nreturn redis.call('HGETALL', KEYS[1])");
    private final List<Duration> granted = new ArrayList<>();
    private long nanoTime;

    @AfterEach
    void stop() {
        fixture.close();
        server.close();
    }

    @Test
    void givesBothTriesOneDeadline() {
        run();

        assertThat(granted).containsExactly(WITHIN, WITHIN.minus(ANSWER_TAKES));
    }

    @Test
    void triesOnceWhereTheServerHasTheScript() {
        run();
        granted.clear();

        run();

        assertThat(granted).containsExactly(WITHIN);
    }

    @Test
    void triesOnceWhereTheScriptItselfFails() {
        run();
        granted.clear();
        server.command("SET " + KEYS.getFirst() + " text");

        assertThatThrownBy(this::run).isInstanceOf(LaneException.class);

        assertThat(granted).containsExactly(WITHIN);
    }

    private void run() {
        script.run(this::send, KEYS, List.of(), WITHIN, () -> nanoTime);
    }

    /** Sends for real, and lets the clock of the test go on by what an answer takes. */
    private Optional<Response> send(Request request, Lane.Access access, Duration within) {
        granted.add(within);
        nanoTime += ANSWER_TAKES.toNanos();
        return Optional.ofNullable(lane.send(request, access));
    }
}
