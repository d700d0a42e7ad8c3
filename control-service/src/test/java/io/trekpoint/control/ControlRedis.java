package io.trekpoint.control;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** A Redis of its own for the service under test, which keeps what it acknowledged. */
public final class ControlRedis implements QuarkusTestResourceLifecycleManager {
    static final String INIT_TOKEN = "the-init-token";

    /** Long enough for a busy machine; a test of the deadline itself measures against it. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    /** The origin whose pages may call over OFREP. */
    public static final String BROWSER_ORIGIN = "https://app.example.com";

    /** How many event streams may be open. */
    public static final int MOST_STREAMS = 3;

    private static RedisServer server;

    @Override
    public Map<String, String> start() {
        server = RedisServer.start("--appendfsync", "always");
        try {
            return Map.of(
                    "trek.redis.url",
                    server.url(),
                    "trek.control.init-token",
                    INIT_TOKEN,
                    "trek.lanes.control.deadline",
                    DEADLINE.toString(),
                    "trek.mirror.snapshot-dir",
                    Files.createTempDirectory("trek-control-").toString(),
                    "trek.evaluations.interval",
                    "100ms",
                    "trek.ofrep.browser-origins",
                    BROWSER_ORIGIN,
                    "trek.ofrep.keep-alive",
                    "100ms",
                    "trek.ofrep.most-streams",
                    String.valueOf(MOST_STREAMS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server.close();
    }

    static RedisServer server() {
        return server;
    }
}
