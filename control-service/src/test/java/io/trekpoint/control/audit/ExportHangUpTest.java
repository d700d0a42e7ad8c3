package io.trekpoint.control.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.control.ControlRedis;
import io.trekpoint.control.Keys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever exports the audit may hang up: that is no error of the service. */
@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class ExportHangUpTest {
    /** Several times what the buffers of two sockets grow to, some 4 MiB: each entry has 200 kB. */
    private static final int WRITES = 80;

    private static final int VARIANT_CHARACTERS = 100_000;

    private final String key = "test." + UUID.randomUUID();
    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Logger export = Logger.getLogger("io.trekpoint.control.audit.AuditResource");
    private final Handler capture =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    logged.add(entry);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @TestHTTPResource("/")
    URI service;

    @BeforeEach
    void listen() {
        export.setLevel(Level.FINE);
        capture.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(capture);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger("").removeHandler(capture);
        export.setLevel(null);
    }

    @Test
    void isNoErrorOfTheService() throws IOException {
        for (int i = 0; i < WRITES; i++) {
            write(i);
        }

        hangUpAtOnce();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> logged.stream().anyMatch(ExportHangUpTest::tellsOfTheHangUp));
        assertThat(logged)
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .isEmpty();
    }

    private static boolean tellsOfTheHangUp(LogRecord entry) {
        return entry.getMessage().contains("has hung up");
    }

    private void hangUpAtOnce() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
            String request =
                    "GET /v1/audit/export HTTP/1.1\r\nHost: test\r\nX-API-Key: %s\r\n\r\n"
                            .formatted(Keys.keyOf("viewer"));
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            socket.setSoLinger(true, 0);
        }
    }

    private void write(int number) {
        String body =
                """
                {"reason":"a test","definition":{"state":"ENABLED","variants":{"a":"%d%s"},
                "defaultVariant":"a"}}\
                """
                        .formatted(number, "x".repeat(VARIANT_CHARACTERS));
        Keys.as("operator")
                .header(number == 0 ? "If-None-Match" : "If-Match", "*")
                .body(body)
                .put("/v1/flags/" + key)
                .then()
                .statusCode(200);
    }
}
