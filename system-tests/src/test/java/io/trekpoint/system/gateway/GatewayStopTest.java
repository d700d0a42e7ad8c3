package io.trekpoint.system.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import io.trekpoint.system.product.Wire;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gateway that is asked to end while everything is under way that can be. */
class GatewayStopTest {
    private static final byte[] WALK = Gpx.walk();

    /** What the gateway gives requests to end, and the time of a slow machine around it. */
    private static final Duration GRACE = Duration.ofSeconds(14);

    private static Product product;

    @BeforeAll
    static void start() {
        product = Plan.named("gateway-stop").start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void losesNoRequestAndAnswersNoneWithItsOwnTrouble() {
        Service gateway = product.gateway();
        Caller client = product.client("partner");
        String job = submitForLater(client).json().path("id").asText();
        var waiting =
                CompletableFuture.supplyAsync(
                        () -> client.get("/v1/jobs/" + job, "Prefer", "wait=30"));
        var submitting =
                CompletableFuture.supplyAsync(() -> submitForLater(client, "Prefer", "wait=30"));
        var following =
                CompletableFuture.supplyAsync(() -> client.get("/v1/jobs/" + job + "/events"));
        try (Wire upload = new Wire(client, "Content-Length: " + WALK.length)) {
            upload.send(Arrays.copyOf(WALK, WALK.length / 2));
            awaitMetric(gateway, "trek_jobs_waiters 3.0");
            awaitMetric(gateway, "trek_gateway_in_work 1.0");

            var stopping = CompletableFuture.runAsync(gateway::stop);

            assertThat(waiting).succeedsWithin(GRACE);
            assertThat(waiting.join().status()).isEqualTo(200);
            assertThat(waiting.join().json().path("state").asText()).isEqualTo("delayed");
            assertThat(submitting).succeedsWithin(GRACE);
            assertThat(submitting.join().status()).isEqualTo(202);
            assertThat(following).succeedsWithin(GRACE);
            assertThat(following.join().status()).isEqualTo(200);
            assertThat(following.join().text()).contains("\"state\":\"delayed\"");

            upload.send(Arrays.copyOfRange(WALK, WALK.length / 2, WALK.length));
            String accepted = upload.answer();
            assertThat(accepted).startsWith("HTTP/1.1 202");
            assertThat(stopping).succeedsWithin(GRACE);
            assertThat(gateway.runs()).isFalse();
            assertThatThrownBy(() -> gateway.caller().get("/q/health/live"))
                    .hasCauseInstanceOf(ConnectException.class);

            gateway.launch().awaitReady();
            String uploaded = accepted.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
            assertThat(client.get("/v1/jobs/" + uploaded).status()).isEqualTo(200);
        }
    }

    private static Answer submitForLater(Caller client, String... headers) {
        String later = Instant.now().plus(1, ChronoUnit.HOURS).toString();
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/gpx+xml";
        return client.post("/v1/jobs/stats?notBefore=" + later, WALK, all);
    }

    private static void awaitMetric(Service gateway, String sample) {
        await(sample).until(() -> gateway.metrics().lines().anyMatch(sample::equals));
    }
}
