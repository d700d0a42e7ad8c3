package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private RedisServer redis;
    private LaneFixture fixture;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
    }

    @AfterEach
    void stop() {
        fixture.close();
        redis.close();
    }

    @Test
    void answersWhatRedisAnswers() {
        Lane lane = fixture.lane(LaneName.JOBS);
        set(lane, "k", "v");
        assertThat(get(lane, "k")).isEqualTo("v");
        assertThat(get(lane, "absent")).isNull();
        assertThat(lane.status().writable()).isTrue();
    }

    @Test
    void keepsItsDeadlineWhileRedisHangs() {
        Lane lane = fixture.lane(LaneName.LIMITS, Duration.ofMillis(150));
        get(lane, "warm");
        redis.freeze();
        long began = System.nanoTime();
        LaneException slow = catchThrowableOfType(LaneException.class, () -> get(lane, "k"));
        assertThat(slow.fault()).isEqualTo(Fault.SLOW);
        assertThat(slow.mayHaveExecuted()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(650));
        assertThat(lane.status().readable()).isFalse();
    }

    @Test
    void opensItsBreakerOnSilenceAndRecoversByItself() {
        Lane lane = fixture.lane(LaneName.CONTROL);
        get(lane, "warm");
        redis.kill();
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> get(lane, "k")).isInstanceOf(LaneException.class);
        }
        assertThat(lane.status().breaker()).isEqualTo("open");
        LaneException held = catchThrowableOfType(LaneException.class, () -> get(lane, "k"));
        assertThat(held.mayHaveExecuted()).isFalse();
        assertThat(held.fault()).isEqualTo(Fault.DEAD);

        redis.restart();
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .until(() -> get(lane, "k") == null);
        assertThat(lane.status().breaker()).isEqualTo("closed");
        assertThat(lane.status().writable()).isTrue();
    }

    @Test
    void opensItsBreakerAtNothingButSilence() {
        Lane lane = fixture.lane(LaneName.CONTROL);
        redis.kill();
        assertThatThrownBy(() -> get(lane, "k")).isInstanceOf(LaneException.class);
        assertThat(lane.status().breaker()).isEqualTo("closed");
        assertThatThrownBy(() -> get(lane, "k")).isInstanceOf(LaneException.class);
        assertThat(lane.status().breaker()).as("two of four").isEqualTo("open");

        redis.restart();
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .until(() -> get(lane, "k") == null);
        redis.kill();
        assertThatThrownBy(() -> get(lane, "k")).isInstanceOf(LaneException.class);
        redis.restart();

        for (int i = 0; i < 10; i++) {
            assertThat(get(lane, "k")).isNull();
            assertThat(lane.status().breaker()).isEqualTo("closed");
        }
    }

    @Test
    void isNotSaidToAnswerForALateAnswer() throws Exception {
        Lane lane = fixture.lane(LaneName.JOBS, Duration.ofSeconds(2), Duration.ofMinutes(1));
        Request waiting = Request.cmd(Command.BLPOP).arg("late").arg(9);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var late =
                    threads.submit(
                            () -> lane.send(waiting, Lane.Access.READ, Duration.ofSeconds(10)));
            await().until(() -> redis.info("blocked_clients").equals("1"));
            Request read = Request.cmd(Command.GET).arg("k");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> lane.send(read, Lane.Access.READ, Duration.ZERO))
                        .isInstanceOf(LaneException.class);
            }
            redis.command("RPUSH late here");

            assertThat(late.get()).isNotNull();
            assertThat(lane.status().breaker()).isEqualTo("open");
            assertThat(lane.status().readable()).isFalse();
        }
    }

    @Test
    void namesAConnectionThatClosesUnderACommandAsDead() throws Exception {
        Lane lane = fixture.lane(LaneName.JOBS, Duration.ofSeconds(10));
        Request waiting = Request.cmd(Command.BLPOP).arg("nothing").arg(9);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer =
                    threads.submit(() ->
                            catchThrowableOfType(
                                    LaneException.class,
                                    () -> lane.send(waiting, Lane.Access.READ)));
            await().until(() -> redis.info("blocked_clients").equals("1"));
            redis.kill();
            assertThat(answer.get().fault()).isEqualTo(Fault.DEAD);
        }
    }

    @Test
    void doesNotCountAnswersTowardsTheBreaker() {
        Lane lane = fixture.lane(LaneName.JOBS);
        redis.command("CONFIG SET maxmemory 1");
        for (int i = 0; i < 10; i++) {
            LaneException full =
                    catchThrowableOfType(LaneException.class, () -> set(lane, "k", "v"));
            assertThat(full.fault()).isEqualTo(Fault.OUT_OF_MEMORY);
        }
        assertThat(lane.status().breaker()).isEqualTo("closed");
        assertThat(lane.status().readable()).isTrue();
        assertThat(lane.status().writable()).isFalse();
        assertThat(get(lane, "k")).isNull();
        assertThat(lane.status().writes()).contains(Fault.OUT_OF_MEMORY);

        redis.command("CONFIG SET maxmemory 0");
        set(lane, "k", "v");
        assertThat(lane.status().writable()).isTrue();
    }

    @Test
    void knowsAFullRedisAlsoWhileFreeingWritesAreAnswered() {
        Lane lane = fixture.lane(LaneName.JOBS);
        redis.command("CONFIG SET maxmemory 1");
        assertThatThrownBy(() -> set(lane, "k", "v")).isInstanceOf(LaneException.class);
        lane.send(
                Request.cmd(Command.EVAL)
                        .arg("#!lua flags=allow-oom\nreturn redis.call('SET', KEYS[1], '1')")
                        .arg(1)
                        .arg("k"),
                Lane.Access.FREEING_WRITE);
        assertThat(lane.status().writes()).contains(Fault.OUT_OF_MEMORY);
    }

    @Test
    void knowsThatNothingWasSentWithoutAConnection() {
        Lane lane = fixture.lane(LaneName.JOBS);
        redis.kill();
        LaneException dead = catchThrowableOfType(LaneException.class, () -> set(lane, "k", "v"));
        assertThat(dead.fault()).isEqualTo(Fault.DEAD);
        assertThat(dead.mayHaveExecuted()).isFalse();
    }

    @Test
    void namesAWrongPasswordAsDenied() {
        Lane lane = fixture.lane(LaneName.JOBS);
        redis.command("CONFIG SET requirepass secret-of-the-test");
        LaneException denied = catchThrowableOfType(LaneException.class, () -> get(lane, "k"));
        assertThat(denied.fault()).isEqualTo(Fault.DENIED);
        assertThat(denied).hasMessageNotContaining("secret-of-the-test");
    }

    @Test
    void namesAReplicaAsReadOnly() {
        Lane lane = fixture.lane(LaneName.JOBS);
        get(lane, "warm");
        redis.command("REPLICAOF 127.0.0.1 1");
        LaneException readOnly =
                catchThrowableOfType(LaneException.class, () -> set(lane, "k", "v"));
        assertThat(readOnly.fault()).isEqualTo(Fault.READ_ONLY);
        assertThat(lane.status().readable()).isTrue();
    }

    private static void set(Lane lane, String key, String value) {
        lane.send(Request.cmd(Command.SET).arg(key).arg(value), Lane.Access.WRITE);
    }

    private static String get(Lane lane, String key) {
        var reply = lane.send(Request.cmd(Command.GET).arg(key), Lane.Access.READ);
        return reply == null ? null : reply.toString();
    }
}
