package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.mirror.MirrorFixture.Sources;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorSourcesTest {
    private static final String FLAG = FlagKey.of(GpxType.EXPORT).key();

    private final List<AutoCloseable> toClose = new ArrayList<>();
    @TempDir private Path directory;
    private RedisServer redis;
    private LaneFixture fixture;
    private Lane lane;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        lane = fixture.lane(LaneName.CONTROL);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
        fixture.close();
        redis.close();
    }

    @Test
    void isFilledFromDiskWhileRedisIsDownAndMovesUpOnceItIsBack() throws Exception {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        keepOnDisk(data);
        redis.kill();

        Mirror restarted = mirror(onDisk());
        assertThat(enabled(restarted)).isFalse();
        assertThat(restarted.current().source()).isEqualTo(Source.DISK);
        assertThat(restarted.mode()).isEqualTo(Mode.STALE);

        redis.restart();
        await().atMost(Duration.ofSeconds(8)).until(() -> restarted.mode() == Mode.NORMAL);
        assertThat(restarted.current().source()).isEqualTo(Source.REDIS);
        data.flag(FLAG, ControlData.ON, false);
        assertThat(restarted.awaitRevision(data.revision(), Duration.ofSeconds(3))).isTrue();
    }

    @Test
    void holdsWhatTheDiskKnowsAgainstAnEmptiedRedis() throws Exception {
        keepOnDisk(ControlData.init(lane).flag(FLAG, ControlData.ON, true));
        redis.command("FLUSHALL");
        Mirror restarted = mirror(onDisk());
        assertThat(enabled(restarted)).isFalse();
        assertThat(restarted.current().alarm().divergence()).isEqualTo(Divergence.VANISHED);
        ControlData.init(lane).flag(FLAG, ControlData.ON, false);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> restarted.current().alarm().divergence() == Divergence.REPLACED);
        assertThat(enabled(restarted)).isFalse();
    }

    @Test
    void noticesAcrossARestartThatTheRevisionWentBack() throws Exception {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        keepOnDisk(data);
        data.send(Command.HSET, ControlKeys.META, "revision", "1");
        Mirror restarted = mirror(onDisk());
        assertThat(restarted.status().revision()).isEqualTo(2);
        assertThat(restarted.current().alarm().divergence()).isEqualTo(Divergence.ROLLED_BACK);
    }

    @Test
    void ignoresACorruptSnapshot() throws Exception {
        keepOnDisk(ControlData.init(lane).flag(FLAG, ControlData.ON, true));
        redis.kill();
        Path file = directory.resolve("control-state.json");
        String text = Files.readString(file);
        for (String broken :
                List.of(
                        text.replace("\"killed\":true", "\"killed\":null"),
                        text.substring(0, text.length() / 2),
                        "",
                        "{}")) {
            Files.writeString(file, broken);
            Mirror restarted = mirror(onDisk());
            assertThat(restarted.mode()).isEqualTo(Mode.DEFAULT);
            assertThat(enabled(restarted)).isTrue();
            assertThat(directory.resolve("control-state.json.damaged")).hasContent(broken);
        }
    }

    @Test
    void knowsOfADamagedSnapshotUntilItIsTakenAway() throws IOException {
        assertThat(mirror(onDisk()).damagedSnapshot()).isEmpty();
        Files.writeString(directory.resolve("control-state.json"), "{}");
        assertThat(mirror(onDisk()).damagedSnapshot()).isPresent();
        Mirror restarted = mirror(onDisk());
        Files.delete(restarted.damagedSnapshot().orElseThrow());
        assertThat(restarted.damagedSnapshot()).isEmpty();
    }

    @Test
    void livesOnWhenTheDiskTakesNothing() throws Exception {
        ControlData data = ControlData.init(lane);
        Path file = Files.createFile(directory.resolve("not-a-directory"));
        Mirror mirror = mirror(new Sources(null, null, file));
        data.flag(FLAG, ControlData.ON, true);
        assertThat(mirror.awaitRevision(data.revision(), Duration.ofSeconds(3))).isTrue();
        assertThat(mirror.mode()).isEqualTo(Mode.NORMAL);
    }

    @Test
    void isFilledFromTheControlServiceWhileRedisIsDown() throws Exception {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        String document = StateDocument.encode(mirror(onDisk()).current()).toString();
        redis.kill();
        Path key = directory.resolve("key");
        URI control = serve(document, "the-key");

        Mirror mirror = mirror(new Sources(control, key, null));
        assertThat(mirror.mode()).isEqualTo(Mode.DEFAULT);
        Files.writeString(key, "the-key\n");
        await().atMost(Duration.ofSeconds(8))
                .until(() -> mirror.current().source() == Source.CONTROL);
        assertThat(enabled(mirror)).isFalse();
        assertThat(mirror.mode()).isEqualTo(Mode.STALE);

        redis.restart();
        await().atMost(Duration.ofSeconds(8)).until(() -> mirror.mode() == Mode.NORMAL);
        data.flag(FLAG, ControlData.ON, false);
        assertThat(mirror.awaitRevision(data.revision(), Duration.ofSeconds(3))).isTrue();
    }

    @Test
    void startsInTimeWhileRedisHangs() {
        redis.freeze();
        long began = System.nanoTime();
        Mirror mirror = mirror(onDisk());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        assertThat(enabled(mirror)).isTrue();
        redis.thaw();
    }

    private void keepOnDisk(ControlData data) throws Exception {
        try (Mirror mirror = MirrorFixture.start(fixture, lane, onDisk())) {
            assertThat(mirror.awaitRevision(data.revision(), Duration.ofSeconds(3))).isTrue();
            await().until(() -> Files.exists(directory.resolve("control-state.json")));
        }
    }

    private URI serve(String document, String key) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/v1/state",
                exchange -> {
                    boolean known = key.equals(exchange.getRequestHeaders().getFirst("X-API-Key"));
                    exchange.sendResponseHeaders(known ? 200 : 401, known ? body.length : -1);
                    if (known) {
                        exchange.getResponseBody().write(body);
                    }
                    exchange.close();
                });
        server.start();
        toClose.add(() -> server.stop(0));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private Mirror mirror(Sources sources) {
        Mirror mirror = MirrorFixture.start(fixture, lane, sources);
        toClose.add(mirror);
        return mirror;
    }

    private Sources onDisk() {
        return new Sources(null, null, directory);
    }

    private static boolean enabled(Mirror mirror) {
        return mirror.current().state().enabled(FlagKey.of(GpxType.EXPORT));
    }
}
