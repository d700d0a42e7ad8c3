package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads that are sent before their replies are asked for; each takes its key, so that it shows. */
class AheadTest {
    private static final Request TAKE = Request.cmd(Command.GETDEL).arg("k");

    private RedisServer redis;
    private LaneFixture fixture;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        redis.command("SET k v");
    }

    @AfterEach
    void stop() {
        fixture.close();
        redis.close();
    }

    @Test
    void goOutBeforeTheirReplyIsAskedFor() {
        Supplier<Response> reply = fixture.lane(LaneName.JOBS).ahead(TAKE);
        await().until(this::isTaken);
        assertThat(reply.get()).hasToString("v");
    }

    /** Each after the other, they would take twice the time. */
    @Test
    void haveTheDeadlineOfTheLaneFromTheStart() {
        Lane lane = fixture.lane(LaneName.JOBS, Duration.ofSeconds(2));
        lane.send(Request.cmd(Command.PING), Lane.Access.READ);
        redis.freeze();
        long began = System.nanoTime();
        List<Supplier<Response>> replies = List.of(lane.ahead(TAKE), lane.ahead(TAKE));
        for (Supplier<Response> reply : replies) {
            LaneException slow = catchThrowableOfType(LaneException.class, reply::get);
            assertThat(slow.fault()).isEqualTo(Fault.SLOW);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isLessThan(Duration.ofMillis(3_500));
        assertThat(lane.status().breaker()).as("two of four").isEqualTo("open");
    }

    @Test
    void goOutNoSoonerThanAskedForWhileNobodyAnswers() {
        Lane lane = fixture.lane(LaneName.JOBS);
        redis.kill();
        assertThatThrownBy(() -> lane.send(TAKE, Lane.Access.READ))
                .isInstanceOf(LaneException.class);
        redis.restart();
        redis.command("SET k again");

        Supplier<Response> reply = lane.ahead(TAKE);
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(2))
                .until(() -> !isTaken());
        assertThat(reply.get()).hasToString("again");
    }

    @Test
    void areTimedFromWhenTheyGoOutToTheirAnswer() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Lane lane = fixture.lane(LaneName.JOBS, meters);
        lane.ahead(TAKE);
        Timer commands = meters.get("trek.lane.commands").timer();
        await().until(() -> commands.count() == 1);
        assertThat(commands.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    }

    @Test
    void areHeldBackByABreakerThatHasOpenedMeanwhile() {
        Lane lane = fixture.lane(LaneName.JOBS, Duration.ofSeconds(2), Duration.ofMinutes(1));
        Supplier<Response> reply = lane.ahead(TAKE);
        await().until(this::isTaken);
        redis.kill();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> lane.send(TAKE, Lane.Access.READ))
                    .isInstanceOf(LaneException.class);
        }
        LaneException held = catchThrowableOfType(LaneException.class, reply::get);
        assertThat(held.fault()).isEqualTo(Fault.DEAD);
    }

    private boolean isTaken() {
        return redis.command("EXISTS k").equals(":0");
    }
}
