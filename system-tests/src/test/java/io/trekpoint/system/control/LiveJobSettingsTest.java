package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings of the job lane that are changed hold at once, on a product that has no other jobs. */
class LiveJobSettingsTest {
    private static final byte[] WALK = Gpx.walk();
    private static Product product;

    private final List<String> changed = new ArrayList<>();
    private Operator operator;
    private Caller client;

    @BeforeAll
    static void start() {
        product = Plan.named("live-jobs").start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void meet() {
        operator = new Operator(product);
        client = product.client("pro");
    }

    @AfterEach
    void putBack() {
        changed.reversed().forEach(operator::unset);
    }

    @Test
    void answersThatAJobIsGoneForAsLong() {
        set("jobs.input-ttl", "\"2s\"");
        set("jobs.idempotency-ttl", "\"2s\"");
        set("jobs.retention", "\"1s\"");
        set("jobs.tombstone", "\"1s\"");

        String job = finished().json().at("/links/self").asText();

        await().atMost(Duration.ofSeconds(20)).until(() -> client.get(job).status() == 410);
        await().atMost(Duration.ofSeconds(20)).until(() -> client.get(job).status() == 404);
    }

    @Test
    void setsAsideAsMuchForAnOutput() {
        finished();
        long used =
                number(
                        "EVAL \"return tonumber(redis.call('HGET', 'trek:{jobs:0}:meta', 'bytes'))\" 0");
        // Room for the input, which is stored in less than it has, and for little else.
        set("jobs.byte-budget", String.valueOf(used + 2L * WALK.length));
        set("jobs.output-allowance", "100");
        assertThat(client.export("kml", WALK).status()).isEqualTo(503);

        set("jobs.output-allowance", "0");

        assertThat(client.export("kml", WALK).status()).isEqualTo(202);
    }

    @Test
    void keepsAboutAsManyEvents() {
        set("jobs.events-kept", "100");

        for (int i = 0; i < 120; i++) {
            finished();
        }

        // Redis trims by whole nodes, of a hundred entries as a rule.
        assertThat(number("XLEN trek:{jobs:0}:events")).isBetween(100L, 250L);
    }

    @Test
    void keepsThePartsOfAnUploadForAsLong() throws IOException {
        set("jobs.input-ttl", "\"97s\"");
        String head =
                "POST /v1/jobs/export?to=kml HTTP/1.1\r\nHost: test\r\nX-API-Key: %s\r\n"
                                .formatted(client.key())
                        + "Content-Type: application/gpx+xml\r\nContent-Length: 8000000\r\n\r\n";
        try (Socket socket = new Socket(client.url().getHost(), client.url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(incompressible(3_000_000));
            out.flush();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> longestTtl("in:*") > 90_000 && longestTtl("in:*") <= 97_000);
        }
    }

    private void set(String key, String value) {
        changed.add(key);
        product.awaitRevision(operator.set(key, value));
    }

    private Answer finished() {
        Answer done = client.export("kml", WALK, "Prefer", "wait=20");
        assertThat(done.status()).isEqualTo(200);
        return done;
    }

    private static byte[] incompressible(int bytes) {
        StringBuilder text =
                new StringBuilder(
                        "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"><metadata><desc>");
        RandomGenerator.getDefault()
                .ints(bytes, 'a', 'z' + 1)
                .forEach(letter -> text.append((char) letter));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static long longestTtl(String pattern) {
        return number(
                "EVAL \"local m = -2 for _, k in ipairs(redis.call('KEYS', 'trek:{jobs:0}:%s')) do m = math.max(m, redis.call('PTTL', k)) end return m\" 0"
                        .formatted(pattern));
    }

    private static long number(String command) {
        String reply = product.redis(LaneName.JOBS).command(command);
        return Long.parseLong(reply.substring(1).strip());
    }
}
