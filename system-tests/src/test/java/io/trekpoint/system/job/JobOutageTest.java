package io.trekpoint.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis gone and back, with every write on disk before it is answered. */
class JobOutageTest {
    /** The deadline of the jobs lane, and what any request is given beyond a deadline. */
    private static final Duration LONGEST = Duration.ofMillis(250 + 250);

    private static final Duration ENDED = Duration.ofSeconds(20);
    private static final String UNAVAILABLE = "urn:trekpoint:problem:jobs-unavailable";
    private static final byte[] WALK = Gpx.walk();
    private static Product product;

    @BeforeAll
    static void start() {
        // An export of unknown outcome stays charged: what a gateway may give by itself must not
        // run out over all tests.
        product =
                Plan.named("job-outage")
                        .redis("--appendfsync", "always")
                        .setting("limits.local.quota-allowance", "1000")
                        .start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void heal() {
        product.heal();
    }

    @Test
    void refusesSubmitsInTime() {
        submitted();
        redis().kill();

        for (int i = 0; i < 10; i++) {
            Answer answer = client().export("kml", WALK);

            assertThat(answer.status()).as("%s", answer).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo(UNAVAILABLE);
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
            assertThat(answer.took()).isLessThan(LONGEST);
        }
    }

    @Test
    void answersForAnAcceptedJobThatIsWaitedFor() throws Exception {
        product.worker().kill();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = product.jobKeys("j:*");
            Future<Answer> waiting =
                    clients.submit(() -> client().export("kml", WALK, "Prefer", "wait=20"));
            await().atMost(ENDED).until(() -> product.jobKeys("j:*") > before);

            redis().kill();

            assertThat(waiting.get().status()).isEqualTo(202);
        }
    }

    @Test
    void neverTellsThatAJobIsGone() {
        String id = submitted();
        redis().kill();

        assertThat(client().get("/v1/jobs/" + id).problem()).isEqualTo(UNAVAILABLE);
        assertThat(client().get("/v1/jobs/" + id + "/result").problem()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void endsEveryJobThatWasAcceptedAroundAKill() {
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 4).forEach(_ -> clients.submit(() -> submitMany(accepted)));
            await().atMost(ENDED).until(() -> accepted.size() > 20);

            redis().killAtOnce();
            redis().restart();
        }

        assertThat(accepted).hasSizeGreaterThan(20);
        for (String id : accepted) {
            await("job " + id)
                    .pollDelay(Duration.ZERO)
                    .atMost(ENDED)
                    .until(() -> state(id).equals("succeeded"));
        }
    }

    @Test
    void runsJobsThatWaitedThroughAKill() {
        product.worker().kill();
        String id = submitted();
        redis().kill();
        redis().restart();

        product.worker().launch().awaitReady();

        await().atMost(ENDED).until(() -> state(id).equals("succeeded"));
    }

    @Test
    void makesOneJobOfARetryAfterTheOutage() {
        redis().kill();
        Answer refused = client().export("kml", WALK, "Idempotency-Key", "\"retried\"");
        redis().restart();
        product.awaitNormal(ENDED);

        Answer first = client().export("kml", WALK, "Idempotency-Key", "\"retried\"");
        Answer second = client().export("kml", WALK, "Idempotency-Key", "\"retried\"");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(first.status()).as("%s", first).isEqualTo(202);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    }

    private static void submitMany(Queue<String> accepted) {
        for (int i = 0; i < 60; i++) {
            Answer answer = client().export("kml", WALK);
            if (answer.status() == 202) {
                accepted.add(answer.json().path("id").asText());
            }
        }
    }

    private static String submitted() {
        Answer answer = client().export("kml", WALK);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    private static String state(String id) {
        return client().get("/v1/jobs/" + id).json().path("state").asText();
    }

    private static RedisServer redis() {
        return product.redis(LaneName.JOBS);
    }

    private static Caller client() {
        return product.client("partner");
    }
}
