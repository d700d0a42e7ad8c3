package io.trekpoint.lanes.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trekpoint.lanes.guard.Concern;
import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.instance.Roll.Present;
import io.trekpoint.lanes.mirror.ControlData;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorFixture;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Identity GATEWAY =
            new Identity(
                    "one",
                    "api-service",
                    "1.0",
                    URI.create("http://gateway:8080"),
                    Instant.parse("2026-01-02T03:04:05Z"));

    private static RedisServer redis;
    private static LaneFixture fixture;
    private static Lane lane;

    private Mirror mirror;
    private volatile Mode jobs = Mode.NORMAL;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        lane = fixture.lane(LaneName.CONTROL);
    }

    @AfterAll
    static void stop() {
        fixture.close();
        redis.close();
    }

    @BeforeEach
    void fill() {
        redis.command("FLUSHALL");
        ControlData.init(lane).setting("gpx.max-points", "7");
        mirror = MirrorFixture.start(fixture, lane);
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    @Test
    void tellsWhoIsThereAndHowItFares() {
        try (Heartbeat _ = beating(GATEWAY)) {
            Beat beat = awaitPresent("one").beat();

            assertThat(beat.identity()).isEqualTo(GATEWAY);
            assertThat(beat.revision()).isEqualTo(2);
            assertThat(beat.source()).isEqualTo("redis");
            assertThat(beat.alarm()).isNull();
            assertThat(beat.modes().get("jobs").mode()).isEqualTo(Mode.NORMAL);
        }
    }

    @Test
    void tellsAChangeOfModeWithoutWaitingForItsTurn() {
        try (Heartbeat _ = beating(GATEWAY)) {
            awaitPresent("one");
            jobs = Mode.REFUSING;

            await().atMost(Duration.ofSeconds(4))
                    .until(() -> awaitPresent("one").beat().modes().get("jobs").mode() == jobs);
        }
    }

    @Test
    void leavesWhenItIsClosed() {
        try (Heartbeat _ = beating(GATEWAY)) {
            awaitPresent("one");
        }

        assertThat(present()).isEmpty();
        assertThat(redis.command("EXISTS " + InstanceKeys.ROLL)).isEqualTo(":0");
    }

    @Test
    void isForgottenOnceItsBeatHasLapsed() {
        try (Heartbeat _ = beating(GATEWAY)) {
            awaitPresent("one");
            redis.command("ZADD " + InstanceKeys.ROLL + " 1000 long-gone");
            redis.command("HSET " + InstanceKeys.instance("long-gone") + " service worker-service");

            assertThat(present())
                    .extracting(each -> each.beat().identity().id())
                    .containsExactly("one");
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            redis.command("ZSCORE " + InstanceKeys.ROLL + " long-gone")
                                    .equals("$-1"));
        }
    }

    @Test
    void leavesOutWhatCannotBeRead() {
        try (Heartbeat _ = beating(GATEWAY)) {
            Present one = awaitPresent("one");
            redis.command(
                    "EVAL \"redis.call('ZADD', KEYS[1], redis.call('ZSCORE', KEYS[1], 'one'), 'broken')\" 1 "
                            + InstanceKeys.ROLL);
            redis.command("HSET " + InstanceKeys.instance("broken") + " modes {");

            assertThat(present()).hasSize(1);
            assertThat(one.silentMillis()).isBetween(0L, Heartbeat.TTL.toMillis());
        }
    }

    @Test
    void lapsesByItself() {
        try (Heartbeat _ = beating(GATEWAY)) {
            awaitPresent("one");
            long ttl =
                    Long.parseLong(
                            redis.command("PTTL " + InstanceKeys.instance("one")).substring(1));
            assertThat(ttl).isBetween(1L, Heartbeat.TTL.toMillis());
        }
    }

    private Heartbeat beating(Identity identity) {
        ConcernModes modes =
                new ConcernModes(InstantSource.system(), new SimpleMeterRegistry())
                        .declare(Concern.JOBS, () -> jobs);
        return new Heartbeat(identity, lane, modes, mirror, InstantSource.system());
    }

    private static Present awaitPresent(String id) {
        return await().until(
                        () ->
                                present().stream()
                                        .filter(each -> each.beat().identity().id().equals(id))
                                        .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private static List<Present> present() {
        return new RollCall(lane, InstantSource.system()).read().present();
    }
}
