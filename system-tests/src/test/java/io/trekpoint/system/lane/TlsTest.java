package io.trekpoint.system.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis over TLS: a lane believes the server that its certificate names, and no other. */
class TlsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path directory;

    @Test
    void believesNoServerUnderTheNameOfAnother() throws IOException {
        TlsCertificate own = TlsCertificate.issue(directory, "own", "ip:127.0.0.1");
        TlsCertificate other = TlsCertificate.issue(directory, "other", "dns:redis.example");
        int ownPort = RedisServer.freePort();
        int otherPort = RedisServer.freePort();
        Path trusted = TlsCertificate.trust(directory.resolve("trusted.p12"), own, other);
        try (RedisServer _ = RedisServer.start(own.options(ownPort));
                RedisServer _ = RedisServer.start(other.options(otherPort));
                Service control =
                        Service.alone(
                                Module.CONTROL,
                                directory,
                                Map.of(
                                        "TREK_REDIS_CONTROL_URL",
                                        "rediss://127.0.0.1:" + ownPort,
                                        "TREK_REDIS_JOBS_URL",
                                        "rediss://127.0.0.1:" + otherPort,
                                        "JAVA_TOOL_OPTIONS",
                                        "-Djavax.net.ssl.trustStore=" + trusted))) {
            control.launch();
            await("the one lane is answered, the other is not")
                    .atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> isReadable(control, "control") && !isReadable(control, "jobs"));

            String log = Files.readString(control.log());
            assertThat(log).contains("No subject alternative names matching IP address 127.0.0.1");
        }
    }

    private static boolean isReadable(Service service, String lane) {
        return service.caller()
                .get("/status")
                .json()
                .path("lanes")
                .valueStream()
                .filter(view -> view.path("lane").asText().equals(lane))
                .findFirst()
                .orElseThrow()
                .path("readable")
                .asBoolean();
    }
}
