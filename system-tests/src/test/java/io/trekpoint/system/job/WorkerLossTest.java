package io.trekpoint.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A worker that is lost in the middle of a job, and another one there to take over. */
class WorkerLossTest {
    private static final Duration CLAIMED = Duration.ofSeconds(10);
    private static final Duration ENDED = Duration.ofSeconds(30);

    private static Product product;
    private static Service second;

    @BeforeAll
    static void start() {
        product =
                Plan.named("worker-loss")
                        .setting("jobs.lease", "\"2s\"")
                        .with("TREK_WORKER_GRACE", "300ms")
                        .start();
        second = product.add(Module.WORKER, Map.of());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void back() {
        second.kill();
        product.worker().launch();
        product.worker().thaw();
        product.worker().awaitReady();
    }

    @Test
    void endsAJobOnceWhenItsWorkerIsKilled() {
        String id = claimedByTheFirst();
        product.worker().kill();
        second.launch().awaitReady();

        JsonNode job = awaitEnd(id);

        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(product.events(id, "succeeded")).isEqualTo(1);
    }

    @Test
    void givesItsJobBackWhenItIsToldToStop() {
        String id = claimedByTheFirst();
        product.worker().stop();

        assertThat(view(id).path("state").asText()).isEqualTo("queued");
        assertThat(view(id).path("attempt").asInt()).isZero();

        second.launch().awaitReady();
        JsonNode job = awaitEnd(id);
        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(1);
        assertThat(product.events(id, "succeeded")).isEqualTo(1);
    }

    @Test
    void refusesWhatAFrozenWorkerFinishesTooLate() {
        String id = claimedByTheFirst();
        product.worker().freeze();
        second.launch().awaitReady();
        JsonNode job = awaitEnd(id);

        product.worker().thaw();

        await("the late attempt ends without a result")
                .atMost(ENDED)
                .until(() -> lateAttempts(product.worker()) > 0);
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(product.events(id, "succeeded")).isEqualTo(1);
        assertThat(view(id)).isEqualTo(job);
    }

    private static String claimedByTheFirst() {
        Answer answer = client().exportOfASpiral(48_000_000);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        String id = answer.json().path("id").asText();
        await("job " + id + " is claimed")
                .atMost(CLAIMED)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> view(id).path("state").asText().equals("active"));
        return id;
    }

    private static JsonNode awaitEnd(String id) {
        return await("job " + id + " ends")
                .atMost(ENDED)
                .until(() -> view(id), job -> job.has("finishedAt"));
    }

    private static JsonNode view(String id) {
        return client().get("/v1/jobs/" + id).json();
    }

    /** Attempts that were refused at their end, or stopped because their lease was lost. */
    private static double lateAttempts(Service worker) {
        return worker.metric("trek_job_attempts_seconds_count", "outcome=\"lost\"")
                + worker.metric("trek_job_attempts_seconds_count", "outcome=\"stopped\"");
    }

    private static Caller client() {
        return product.client("partner");
    }
}
