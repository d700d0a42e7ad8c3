package io.trekpoint.system.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Person;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each lane on a Redis of its own, one of them in trouble. */
class LaneIsolationTest {
    private static final Duration NOTICED = Duration.ofSeconds(5);
    private static final Duration REPAIRED = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofMillis(250);

    /** The deadline of the jobs lane, and what any request is given beyond a deadline. */
    private static final Duration LONGEST_SUBMIT = Duration.ofMillis(250).plus(SLACK);

    private static final byte[] WALK = Gpx.walk();
    private static Product product;

    @BeforeAll
    static void start() {
        product =
                Plan.named("lanes-apart")
                        .apart(LaneName.LIMITS)
                        .apart(LaneName.JOBS)
                        .person(Person.client("measured", "partner"))
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
    void onlyLimitsLeaveNormalWithoutTheirRedis() {
        product.redis(LaneName.LIMITS).kill();

        awaitAbnormal("limits");
    }

    @Test
    void exportsGoOnWithoutTheRedisOfLimits() {
        product.redis(LaneName.LIMITS).kill();

        Answer job = product.client("partner").export("kml", WALK, "Prefer", "wait=20");

        assertThat(job.json().path("state").asText()).as("%s", job).isEqualTo("succeeded");
    }

    @Test
    void exportsBeyondTheLocalAllowanceAreRefusedForNow() {
        product.redis(LaneName.LIMITS).kill();
        Caller client = product.client("measured");
        List<Integer> accepted =
                IntStream.range(0, 3).mapToObj(_ -> client.export("kml", WALK).status()).toList();

        Answer refused = client.export("kml", WALK);

        assertThat(accepted).containsOnly(202);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem())
                .isEqualTo(
                        "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    @Test
    void onlyJobsAndResultsLeaveNormalWhereTheirRedisHangs() {
        product.redis(LaneName.JOBS).freeze();

        awaitAbnormal("jobs", "results");
    }

    @Test
    void submitsAreAnsweredInTimeWhereTheRedisOfJobsHangs() {
        Caller client = product.client("partner");
        client.export("kml", WALK, "Prefer", "wait=20");
        product.redis(LaneName.JOBS).freeze();

        for (int i = 0; i < 10; i++) {
            Answer answer = client.export("kml", WALK);

            assertThat(answer.problem()).isEqualTo("urn:trekpoint:problem:jobs-unavailable");
            assertThat(answer.took()).isLessThan(LONGEST_SUBMIT);
        }
    }

    @Test
    void nobodyIsHandedTheReplyOfAnotherAfterTheRedisOfJobsHung() {
        Caller client = product.client("partner");
        List<String> ids =
                IntStream.range(0, 8)
                        .mapToObj(_ -> client.export("kml", WALK).json().path("id").asText())
                        .toList();
        product.redis(LaneName.JOBS).freeze();
        ids.parallelStream().forEach(id -> client.get("/v1/jobs/" + id));
        product.redis(LaneName.JOBS).thaw();
        product.awaitNormal(REPAIRED);

        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(client.get("/v1/jobs/" + id).json().path("id").asText())
                                .isEqualTo(id));
    }

    @Test
    void jobsAreNormalSoonAfterTheirRedisGoesOn() {
        product.redis(LaneName.JOBS).freeze();
        awaitAbnormal("jobs", "results");

        product.redis(LaneName.JOBS).thaw();

        product.awaitNormal(REPAIRED);
        Answer job = product.client("partner").export("kml", WALK, "Prefer", "wait=20");
        assertThat(job.json().path("state").asText()).as("%s", job).isEqualTo("succeeded");
    }

    private static void awaitAbnormal(String... concerns) {
        await().atMost(NOTICED)
                .untilAsserted(
                        () -> assertThat(product.gateway().abnormal()).containsExactly(concerns));
    }
}
