package io.trekpoint.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.sse.EventStream;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients and operators do with jobs, from one end of the product to the other. */
class JobLifeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String REASON = "{\"reason\": \"a test\"}";

    /** Large enough that a worker is busy with it for longer than it takes to ask it to stop. */
    private static final int LONG = 30_000_000;

    private static Product product;

    @BeforeAll
    static void start() {
        product =
                Plan.named("job-life")
                        .setting("jobs.lease", "\"2s\"")
                        .setting("jobs.max-attempts", "1")
                        .start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void isFollowedToItsEndAndListed() {
        pause();
        String id = submit(Gpx.walk());
        String url = product.gateway().url().resolve("/v1/jobs/" + id + "/events").toString();
        try (EventStream stream = EventStream.open(url, "X-API-Key", product.key("partner"))) {
            stream.awaitLine(line -> line.matches("id: ?0-queued"));
            resume();
            stream.awaitLine(line -> line.matches("id: ?1-succeeded"));
            stream.awaitLine(line -> line.equals("ended"));
        }
        JsonNode first =
                client().get("/v1/jobs?state=succeeded&limit=1").json().path("jobs").get(0);
        assertThat(first.path("id").asText()).isEqualTo(id);
    }

    @Test
    void isCancelledWhileItWaitsAndNeverRuns() {
        pause();
        String id = submit(Gpx.walk());
        assertThat(
                        product.operator("viewer")
                                .get("/v1/queues")
                                .json()
                                .at("/queues/0/depth")
                                .asInt())
                .isEqualTo(1);
        assertThat(cancel(id).json().path("state").asText()).isEqualTo("cancelled");
        resume();
        assertThat(end(submit(Gpx.walk())).path("state").asText()).isEqualTo("succeeded");
        assertThat(view(id).path("attempt").asInt()).isZero();
        assertThat(product.events(id, "active")).isZero();
    }

    @Test
    void isCancelledWhileAWorkerHasIt() {
        String id = active();
        Answer asked = cancel(id);
        assertThat(asked.status()).isEqualTo(202);
        JsonNode job = end(id);
        assertThat(job.path("state").asText()).isEqualTo("cancelled");
        assertThat(product.events(id, "succeeded")).isZero();
    }

    @Test
    void waitsForItsTime() {
        Instant due = Instant.now().plusSeconds(2);
        Answer answer =
                client().post(
                                "/v1/jobs/stats?notBefore=" + due,
                                Gpx.walk(),
                                "Content-Type",
                                "application/gpx+xml");
        assertThat(answer.json().path("state").asText()).isEqualTo("delayed");
        JsonNode job = end(answer.json().path("id").asText());
        assertThat(Instant.parse(job.path("startedAt").asText()))
                .isAfterOrEqualTo(Instant.parse(job.path("notBefore").asText()));
    }

    @Test
    void isADeadLetterWhenItsWorkerDiesAndRunsAgainOnAnOperatorsWord() {
        String id = active();
        product.worker().kill();
        product.worker().launch().awaitReady();
        assertThat(end(id).at("/failure/code").asText()).isEqualTo("ATTEMPTS_SPENT");

        Caller operator = product.operator("operator");
        JsonNode letter = operator.get("/v1/dead-letters").json().path("deadLetters").get(0);
        assertThat(letter.path("id").asText()).isEqualTo(id);
        assertThat(operator.get("/v1/dead-letters/" + id).json().path("inputBytes").asLong())
                .isGreaterThanOrEqualTo(LONG);

        Answer retried = operator.postJson("/v1/dead-letters/" + id + "/retry", REASON);

        assertThat(retried.status()).as("%s", retried).isEqualTo(202);
        await().atMost(SOON).until(() -> view(id).path("state").asText().equals("succeeded"));
        assertThat(operator.get("/v1/dead-letters/" + id).status()).isEqualTo(404);
        assertThat(client().get("/v1/jobs/" + id + "/result").status()).isEqualTo(200);
    }

    @Test
    void isAnsweredForWhenTheGatewayStops() throws Exception {
        pause();
        String id = submit(Gpx.walk());
        String events = product.gateway().url().resolve("/v1/jobs/" + id + "/events").toString();
        try (EventStream stream = EventStream.open(events, "X-API-Key", product.key("partner"));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> waiting =
                    clients.submit(() -> client().get("/v1/jobs/" + id, "Prefer", "wait=20"));
            await().atMost(SOON)
                    .until(() -> product.gateway().metrics().contains("trek_jobs_waiters 2.0"));

            product.gateway().stop();

            assertThat(waiting.get().json().path("state").asText()).isEqualTo("queued");
            stream.awaitLine(line -> line.equals("ended"));
        } finally {
            product.heal();
            resume();
        }
        assertThat(end(id).path("state").asText()).isEqualTo("succeeded");
    }

    private static void pause() {
        require(product.operator("operator").postJson("/v1/queues/jobs/pause", REASON));
    }

    private static void resume() {
        require(product.operator("operator").postJson("/v1/queues/jobs/resume", REASON));
    }

    private static void require(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private static String active() {
        String id = accepted(client().exportOfASpiral(LONG));
        await("job " + id + " is claimed")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> view(id).path("state").asText().equals("active"));
        return id;
    }

    private static String submit(byte[] gpx) {
        return accepted(client().export("geojson", gpx));
    }

    private static String accepted(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    private static Answer cancel(String id) {
        return client().send("DELETE", "/v1/jobs/" + id, BodyPublishers.noBody());
    }

    private static JsonNode end(String id) {
        return await("job " + id + " ends")
                .atMost(SOON)
                .until(() -> view(id), job -> job.has("finishedAt"));
    }

    private static JsonNode view(String id) {
        return client().get("/v1/jobs/" + id).json();
    }

    private static Caller client() {
        return product.client("partner");
    }
}
