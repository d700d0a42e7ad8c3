package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings of a worker's attempts that are changed hold from the next attempt on. */
class LiveAttemptSettingsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Keeps a worker busy for longer than it takes to look. */
    private static final byte[] LONG = Gpx.track(30_000_000);

    private static Product product;

    private final List<String> changed = new ArrayList<>();
    private Operator operator;
    private Caller client;

    @BeforeAll
    static void start() {
        product =
                Plan.named("live-attempts")
                        // A slow machine is no outage: large bodies are taken in all the same.
                        .with("TREK_LANES_JOBS_DEADLINE", "5s")
                        .start();
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
        product.worker().thaw();
        changed.reversed().forEach(operator::unset);
    }

    @Test
    void stopsAnAttemptByTheTypeOfItsJob() {
        set("jobs.soft-limit", "{\"types\": {\"export\": \"100ms\"}}");

        String export = submitted(client.export("geojson", LONG));
        String stats =
                submitted(
                        client.post("/v1/jobs/stats", LONG, "Content-Type", "application/gpx+xml"));

        assertThat(ended(export).at("/failure/code").asText()).isEqualTo("TIMEOUT");
        assertThat(ended(stats).path("state").asText()).isEqualTo("succeeded");
    }

    @Test
    void stopsAnAttemptByTheTierOfItsClient() {
        set("jobs.lease", "\"2s\"");
        set("gpx.max-seconds", "{\"tiers\": {\"pro\": 3}}");

        String job = submitted(client.exportOfASpiral(LONG.length));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> view(job).path("state").asText().equals("active"));
        product.worker().freeze();
        Instant over = Instant.now().plusSeconds(3);
        await("its time is over").atMost(PATIENCE).until(() -> Instant.now().isAfter(over));
        product.worker().thaw();

        assertThat(ended(job).at("/failure/code").asText()).isEqualTo("TIMEOUT");
    }

    @Test
    void keepsThePartsOfAnOutputForAsLong() {
        set("jobs.output-ttl", "\"97s\"");

        List<String> jobs = new ArrayList<>();
        await("parts of an output wait to be published")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            if (jobs.isEmpty() || view(jobs.getLast()).has("finishedAt")) {
                                jobs.add(submitted(client.export("geojson", LONG)));
                            }
                            return longestTtl("out:*");
                        },
                        ttl -> ttl > 0 && ttl <= 97_000);
        jobs.forEach(LiveAttemptSettingsTest::ended);
    }

    private void set(String key, String value) {
        changed.add(key);
        product.awaitRevision(operator.set(key, value));
    }

    private static String submitted(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    private static JsonNode ended(String job) {
        return await("job " + job + " ends")
                .atMost(PATIENCE)
                .until(() -> view(job), view -> view.has("finishedAt"));
    }

    private static JsonNode view(String job) {
        return product.client("pro").get("/v1/jobs/" + job).json();
    }

    private static long longestTtl(String pattern) {
        String reply =
                product.redis(LaneName.JOBS)
                        .command(
                                "EVAL \"local m = -2 for _, k in ipairs(redis.call('KEYS', 'trek:{jobs:0}:%s')) do m = math.max(m, redis.call('PTTL', k)) end return m\" 0"
                                        .formatted(pattern));
        return Long.parseLong(reply.substring(1).strip());
    }
}
