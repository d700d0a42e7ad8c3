package io.trekpoint.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs that are spread over three shards are to clients and operators like those of one. */
class ShardsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String REASON = "{\"reason\": \"a test\"}";
    private static Product product;

    @BeforeAll
    static void start() {
        product = Plan.named("shards").with("TREK_JOBS_SHARDS", "3").start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void answersWhoWaitsForAJobOfAnyShard() {
        Set<String> shards = new HashSet<>();
        for (int i = 0; shards.size() < 3 && i < 200; i++) {
            Answer answer =
                    client().post(
                                    "/v1/jobs/stats",
                                    Gpx.walk(),
                                    "Content-Type",
                                    "application/gpx+xml",
                                    "Prefer",
                                    "wait=20");
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(answer.json().path("state").asText()).isEqualTo("succeeded");
            shards.add(shardOf(answer.json().path("id").asText()));
        }
        assertThat(shards).containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void pausesAndListsAndCancelsInAllOfThem() {
        Caller operator = product.operator("operator");
        assertThat(operator.postJson("/v1/queues/jobs/pause", REASON).status()).isEqualTo(200);
        List<String> jobs = new ArrayList<>();
        try {
            for (int i = 0; i < 12 || shardsOf(jobs).size() < 3; i++) {
                jobs.add(queued());
            }
            JsonNode queues = operator.get("/v1/queues").json().path("queues");
            assertThat(queues.findValuesAsText("shard")).containsExactly("0", "1", "2");
            assertThat(listed()).containsExactlyInAnyOrderElementsOf(jobs);
            for (String job : jobs.subList(0, 6)) {
                Answer gone = client().send("DELETE", "/v1/jobs/" + job, BodyPublishers.noBody());
                assertThat(gone.json().path("state").asText()).isEqualTo("cancelled");
            }
        } finally {
            assertThat(operator.postJson("/v1/queues/jobs/resume", REASON).status()).isEqualTo(200);
        }
        for (String job : jobs.subList(6, jobs.size())) {
            await().atMost(SOON).until(() -> state(job).equals("succeeded"));
        }
        assertThat(jobs.subList(0, 6)).allMatch(job -> state(job).equals("cancelled"));
    }

    private static String queued() {
        Answer answer =
                client().post("/v1/jobs/stats", Gpx.walk(), "Content-Type", "application/gpx+xml");
        assertThat(answer.json().path("state").asText()).as("%s", answer).isEqualTo("queued");
        return answer.json().path("id").asText();
    }

    /** All queued jobs of the client, in pages of five. */
    private static List<String> listed() {
        List<String> ids = new ArrayList<>();
        String page = "/v1/jobs?state=queued&limit=5";
        String cursor = "";
        do {
            JsonNode jobs = client().get(page + cursor).json();
            jobs.path("jobs").forEach(job -> ids.add(job.path("id").asText()));
            cursor = jobs.hasNonNull("next") ? "&cursor=" + jobs.path("next").asText() : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    private static String state(String job) {
        return client().get("/v1/jobs/" + job).json().path("state").asText();
    }

    private static Set<String> shardsOf(List<String> jobs) {
        Set<String> shards = new HashSet<>();
        jobs.forEach(job -> shards.add(shardOf(job)));
        return shards;
    }

    private static String shardOf(String job) {
        return job.substring(0, job.indexOf('-'));
    }

    private static Caller client() {
        return product.client("partner");
    }
}
