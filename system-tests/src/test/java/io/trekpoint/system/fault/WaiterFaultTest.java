package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.guard.Backoff;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that wait while their gateway is killed, and a cancel that nobody is there to hear. */
class WaiterFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static Product product;
    private final FaultRun run = new FaultRun(product);

    @BeforeAll
    static void start() {
        product =
                FaultRun.plan("waiter-faults")
                        .gateways(2)
                        .setting("gateway.open-waits", "20000")
                        .setting(
                                "limits.burst.requests",
                                "{\"default\": 1000, \"tiers\": {\"partner\": 100000}}")
                        .start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void heal() {
        product.worker().thaw();
        product.heal();
    }

    @Test
    void answersWaitersOfAKilledGatewayThroughAnother() {
        int waiters = Profile.of(300, 10_000);
        product.worker().freeze();
        run.submit(20);
        List<String> jobs = run.history().acknowledged();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (int i = 0; i < waiters; i++) {
                String job = jobs.get(i % jobs.size());
                clients.submit(() -> {
                    awaitEnd(job);
                    return answered.incrementAndGet();
                });
            }
            await("nearly all wait in the gateway")
                    .atMost(PATIENCE.multipliedBy(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> waitersOf(product.gateway()) >= waiters * 0.9);
            product.gateway().kill();
            product.worker().thaw();
            await("every waiter is answered")
                    .atMost(PATIENCE.multipliedBy(2))
                    .until(() -> answered.get() == waiters);
        } finally {
            clients.shutdownNow();
        }
        product.gateway().launch().awaitReady();

        run.conclude("F29", waiters + " waiters on 20 jobs, their gateway killed");
    }

    @Test
    void neverRunsAJobThatWasCancelledWhileNobodyWorked() {
        product.worker().stop();
        Caller client = product.client("partner");
        Answer first = client.export("kml", Gpx.walk(), "Idempotency-Key", "\"cancelled\"");
        String job = first.json().path("id").asText();

        Answer cancelled = client.send("DELETE", "/v1/jobs/" + job, BodyPublishers.noBody());
        product.worker().launch().awaitReady();
        run.submit(5);

        assertThat(first.status()).as("%s", first).isEqualTo(202);
        assertThat(cancelled.status()).as("%s", cancelled).isEqualTo(202);
        run.conclude("F28", "a job cancelled with all workers down; 5 others after it");
        JsonNode view = client.get("/v1/jobs/" + job).json();
        assertThat(view.path("state").asText()).isEqualTo("cancelled");
        assertThat(view.path("attempt").asInt()).isZero();
        Answer again =
                client.export(
                        "kml", Gpx.walk(), "Idempotency-Key", "\"cancelled\"", "Prefer", "wait=1");
        assertThat(again.json().path("id").asText()).isEqualTo(job);
        assertThat(again.json().path("state").asText()).isEqualTo("cancelled");
    }

    private static double waitersOf(Service gateway) {
        return gateway.metrics()
                .lines()
                .filter(line -> line.startsWith("trek_jobs_waiters"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /**
     * Waits with the first gateway, and with the second once the first is gone. Who is told that
     * there is too much to do, or has lost the connection, comes again later, after ten seconds at
     * the most: all of them at once would be what keeps the gateway from serving any.
     */
    private static void awaitEnd(String job) throws InterruptedException {
        List<Service> gateways = product.gateways();
        Backoff backoff =
                new Backoff(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(10),
                        RandomGenerator.getDefault());
        int gateway = 0;
        while (true) {
            Caller caller = gateways.get(gateway).caller().as(product.key("partner"));
            try {
                Answer answer = caller.get("/v1/jobs/" + job, "Prefer", "wait=30");
                if (answer.status() == 200 && answer.json().has("finishedAt")) {
                    return;
                }
                if (answer.status() == 200) {
                    backoff.reset();
                    continue;
                }
            } catch (UncheckedIOException e) {
                // Its gateway is gone, or nobody there has an ear yet.
                gateway = product.gateway().runs() ? 0 : 1;
            }
            backoff.pause();
        }
    }
}
