package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands of many callers on one connection to a real Redis. */
class PipelineTest {
    private RedisServer redis;
    private LaneFixture fixture;
    private LaneFixture observer;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        observer = new LaneFixture(redis);
    }

    @AfterEach
    void stop() {
        observer.close();
        fixture.close();
        redis.close();
    }

    @Test
    void givesEachOfManyCallersItsOwnReplyOverTwoConnections() throws Exception {
        Lane lane = fixture.lane(LaneName.JOBS, Duration.ofSeconds(20));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<@Nullable String>> replies = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                String own = "caller " + i;
                replies.add(callers.submit(() -> echo(lane, own)));
            }
            for (int i = 0; i < 500; i++) {
                assertThat(replies.get(i).get()).isEqualTo("caller " + i);
            }
        }
        assertThat(connections()).isEqualTo(2);
    }

    @Test
    void failsOnlyTheCallerWhoseCommandIsWrong() throws Exception {
        Lane lane = fixture.lane(LaneName.JOBS, Duration.ofSeconds(20));
        lane.send(Request.cmd(Command.RPUSH).arg("list").arg("item"), Lane.Access.WRITE);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<@Nullable String> before = callers.submit(() -> echo(lane, "before"));
            Future<LaneException> wrong =
                    callers.submit(() ->
                            catchThrowableOfType(
                                    LaneException.class,
                                    () ->
                                            lane.send(
                                                    Request.cmd(Command.GET).arg("list"),
                                                    Lane.Access.READ)));
            Future<@Nullable String> after = callers.submit(() -> echo(lane, "after"));
            assertThat(before.get()).isEqualTo("before");
            assertThat(after.get()).isEqualTo("after");
            assertThat(wrong.get().fault()).isEqualTo(Fault.REJECTED);
        }
        assertThat(connections()).isEqualTo(2);
    }

    @Test
    void answersOnHoweverOftenConnectionsEndUnderItsCommands() throws Exception {
        // No lane, whose breaker would hold callers back.
        Commander commander = new Commander(LaneName.JOBS, fixture.client());
        AtomicInteger replies = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Queue<Fault> unexpected = new ConcurrentLinkedQueue<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                callers.execute(() -> {
                    while (!over.get()) {
                        try {
                            commander.send(Request.cmd(Command.PING), Duration.ofSeconds(1));
                            replies.incrementAndGet();
                        } catch (LaneException e) {
                            unexpected.addAll(
                                    e.fault() == Fault.DEAD ? List.of() : List.of(e.fault()));
                        }
                    }
                });
            }
            try {
                for (int kill = 0; kill < 200; kill++) {
                    int before = replies.get();
                    redis.command("CLIENT KILL TYPE normal");
                    await().pollInterval(Duration.ofMillis(1)).until(() -> replies.get() > before);
                }
            } finally {
                over.set(true);
            }
        }
        assertThat(unexpected).as("what is no end of a connection").isEmpty();
    }

    @Test
    void goesOnOverANewConnectionOnceTheOldOneHasEnded() {
        Lane lane = fixture.lane(LaneName.JOBS);
        assertThat(echo(lane, "first")).isEqualTo("first");
        killClients();
        await().ignoreException(LaneException.class)
                .until(() -> "second".equals(echo(lane, "second")));
        assertThat(lane.status().breaker()).isEqualTo("closed");
    }

    @Test
    void leavesAConnectionThatKeepsSomebodyWaiting() {
        Lane lane = fixture.lane(LaneName.JOBS);
        Request blocking = Request.cmd(Command.BLPOP).arg("nothing").arg(0);
        LaneException slow =
                catchThrowableOfType(
                        LaneException.class,
                        () -> lane.send(blocking, Lane.Access.WRITE, Duration.ofMillis(50)));
        assertThat(slow.fault()).isEqualTo(Fault.SLOW);
        assertThat(echo(lane, "elsewhere")).isEqualTo("elsewhere");
        assertThat(connections()).isEqualTo(2);
    }

    private static @Nullable String echo(Lane lane, String word) {
        var reply = lane.send(Request.cmd(Command.ECHO).arg(word), Lane.Access.READ);
        return reply == null ? null : reply.toString();
    }

    /** How many connections the lane holds: all but the one that asks. */
    private long connections() {
        return clients().lines().count() - 1;
    }

    private String clients() {
        Request list = Request.cmd(Command.CLIENT).arg("LIST").arg("TYPE").arg("NORMAL");
        return String.valueOf(observer.lane(LaneName.JOBS).send(list, Lane.Access.READ)).strip();
    }

    private void killClients() {
        Request kill = Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("NORMAL");
        assertThat(observer.lane(LaneName.JOBS).send(kill, Lane.Access.WRITE)).isNotNull();
    }
}
