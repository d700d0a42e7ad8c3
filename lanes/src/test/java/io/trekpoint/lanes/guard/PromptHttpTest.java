package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PromptHttpTest {
    private static final long MOST = 10;

    private final PromptHttp http = new PromptHttp(Duration.ofMillis(500), Duration.ofMillis(500));
    private ServerSocket other;
    private volatile String answer = "";

    @BeforeEach
    void listen() throws IOException {
        other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void end() throws IOException {
        http.close();
        other.close();
    }

    @Test
    void hasAWholeAnswer() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789";
        assertThat(new String(http.ask(request(), MOST).body(), StandardCharsets.UTF_8))
                .isEqualTo("0123456789");
    }

    @Test
    void waitsForNoBodyThatStalls() {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012";
        assertThatIOException()
                .isThrownBy(() -> http.ask(request(), MOST))
                .withMessageContaining("in full");
    }

    @Test
    void takesNoMoreThanItIsToldTo() {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n01234567890";
        assertThatIOException().isThrownBy(() -> http.ask(request(), MOST));
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + other.getLocalPort() + "/"))
                .build();
    }

    /** Sends its answer to whoever comes, and says nothing more until they go. */
    private void serve() {
        while (!other.isClosed()) {
            try (Socket caller = other.accept()) {
                caller.getInputStream().read(new byte[4096]);
                caller.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                caller.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The caller, or the test, is over.
            }
        }
    }
}
