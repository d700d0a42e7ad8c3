package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Workers killed, stopped and frozen under load, and a job that is the end of every worker. */
class WorkerFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So that a little load lasts while workers come and go. */
    private static final Duration PACE = Duration.ofMillis(Profile.of(200, 10));

    private static Product product;
    private static Service second;
    private final FaultRun run = new FaultRun(product);

    @BeforeAll
    static void start() {
        product = FaultRun.plan("worker-faults").start();
        second = product.add(Module.WORKER, Map.of());
        second.launch().awaitReady();
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
    void losesNothingWhenWorkersAreKilled() {
        int kills = Profile.of(4, 50);
        try (Load load = run.load(Profile.of(600, 20_000), PACE)) {
            for (int i = 0; i < kills; i++) {
                run.awaitMore(load, 10);
                Service victim = i % 2 == 0 ? product.worker() : second;
                victim.kill();
                victim.launch().awaitReady();
            }
            load.awaitAll();
        }

        run.conclude("F16", kills + " times `kill -9` of a worker under load");
    }

    @Test
    void losesNothingWhenWorkersAreStopped() {
        int stops = Profile.of(2, 20);
        try (Load load = run.load(Profile.of(300, 5_000), PACE)) {
            for (int i = 0; i < stops; i++) {
                run.awaitMore(load, 10);
                Service leaving = i % 2 == 0 ? product.worker() : second;
                leaving.stop();
                leaving.launch().awaitReady();
            }
            load.awaitAll();
        }

        Verdict verdict = run.conclude("F16", stops + " times SIGTERM to a worker under load");
        assertThat(verdict.ends()).containsOnlyKeys("succeeded");
    }

    @Test
    void refusesWhatAFrozenWorkerFinishesTooLate() {
        second.stop();
        double before = lateAttempts();
        String job = submitLong();
        await("the first worker has it")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> begun(job, 1));
        product.worker().freeze();
        second.launch().awaitReady();
        run.submit(Profile.of(100, 2_000));
        await("it has ended elsewhere").atMost(PATIENCE).until(() -> view(job).has("finishedAt"));
        product.worker().thaw();
        await("the late attempt ends without a result")
                .atMost(PATIENCE)
                .until(() -> lateAttempts() > before);

        assertThat(view(job).path("state").asText()).isEqualTo("succeeded");
        assertThat(view(job).path("attempt").asInt()).isEqualTo(2);
        run.conclude("F15", "a worker frozen past its lease, then let go on");
    }

    @Test
    void givesUpAJobThatKillsItsWorkerAndNoOther() {
        second.stop();
        String job = submitLong();
        run.submit(20);

        for (int attempt = 1; !view(job).has("finishedAt"); attempt++) {
            int expected = attempt;
            await("attempt " + attempt + " has begun, or the job has ended")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> begun(job, expected) || view(job).has("finishedAt"));
            if (begun(job, attempt)) {
                product.worker().kill();
                product.worker().launch();
            }
        }

        assertThat(view(job).path("state").asText()).isEqualTo("failed");
        Verdict verdict = run.conclude("F14", "a job whose worker is killed at each attempt");
        assertThat(verdict.ends().get("succeeded")).isEqualTo(verdict.acknowledged());
    }

    /** Submits a job that keeps a worker busy for longer than it takes to look. */
    private static String submitLong() {
        Answer answer = product.client("pro").exportOfASpiral(30_000_000);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    /** Attempts of the first worker that were refused at their end, or stopped before it. */
    private static double lateAttempts() {
        return Stream.of("lost", "stopped")
                .mapToDouble(outcome ->
                        product.worker()
                                .metric(
                                        "trek_job_attempts_seconds_count",
                                        "outcome=\"" + outcome + "\""))
                .sum();
    }

    private static boolean begun(String job, int attempt) {
        JsonNode view = view(job);
        return view.path("state").asText().equals("active")
                && view.path("attempt").asInt() == attempt;
    }

    private static JsonNode view(String job) {
        return product.client("pro").get("/v1/jobs/" + job).json();
    }
}
