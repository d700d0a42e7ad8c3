package io.trekpoint.api.auth;

import static io.trekpoint.api.auth.SigningKeys.jwk;
import static io.trekpoint.api.auth.SigningKeys.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An identity provider that has its bad moments. */
class TokenKeyAddressTest {
    private static final String KEYS =
            "{\"keys\":[%s]}".formatted(jwk("a", pair("RSA", 2048).getPublic()));

    private final TokenKeyAddress keys = new TokenKeyAddress(Duration.ofSeconds(1));
    private ServerSocket provider;
    private URI address;
    private volatile String answer = "";

    @BeforeEach
    void provide() throws IOException {
        provider = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        address = URI.create("http://127.0.0.1:%d/keys".formatted(provider.getLocalPort()));
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void end() throws IOException {
        keys.close();
        provider.close();
    }

    @Test
    void hasAKeySetAsItWasAnswered() throws Exception {
        assertThat(keys.content(address)).isEmpty();
        read(ok(KEYS));

        assertThat(keys.content(address)).contains(KEYS);
        assertThat(keys.content(URI.create("http://127.0.0.1:1/other"))).isEmpty();
    }

    @Test
    void keepsTheLastGoodOneThroughWhateverElseIsAnswered() throws Exception {
        read(ok(KEYS));
        for (String other :
                new String[] {
                    "<html>Back in a minute.</html>",
                    "",
                    "{}",
                    "[]",
                    "{\"keys\":[]}",
                    "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
                    "{\"keys\":[%s]}".formatted(jwk("a", pair("RSA", 1024).getPublic())),
                    KEYS.substring(0, KEYS.length() - 2)
                }) {
            answer = ok(other);
            assertThatIOException().as(other).isThrownBy(() -> keys.read(address));
        }
        answer = "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n";
        assertThatIOException().isThrownBy(() -> keys.read(address)).withMessageContaining("500");

        assertThat(keys.content(address)).contains(KEYS);
    }

    @Test
    @Timeout(20)
    void waitsForNoBodyThatDoesNotCome() throws Exception {
        read(ok(KEYS));
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"keys\":";

        assertThatIOException().isThrownBy(() -> keys.read(address));

        assertThat(keys.content(address)).contains(KEYS);
    }

    private void read(String answered) throws Exception {
        answer = answered;
        keys.read(address);
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    }

    /** Answers every connection once, and leaves closing it to the other end. */
    private void serve() {
        while (true) {
            try {
                Socket asked = provider.accept();
                asked.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                asked.getOutputStream().flush();
            } catch (IOException e) {
                return;
            }
        }
    }
}
