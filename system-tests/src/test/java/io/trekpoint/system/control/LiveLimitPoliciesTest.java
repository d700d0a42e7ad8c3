package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Person;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a limit, with Redis and without it, is a setting that holds from the next request
 * on. Each test has a client of its own, whose burst is five and is not earned back meanwhile.
 */
class LiveLimitPoliciesTest {
    private static final int BURST = 5;
    private static final int BEYOND = 3;
    private static final Duration NOTICED = Duration.ofSeconds(15);
    private static final String ENFORCEMENT = "limits.burst.enforcement";
    private static final String WITHOUT_REDIS = "limits.burst.without-redis";
    private static final String REDUCED =
            "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

    private static Product product;

    private final List<String> changed = new ArrayList<>();
    private Operator operator;
    private Service gateway;

    @BeforeAll
    static void start() {
        Plan plan =
                Plan.named("live-limit-policies")
                        .apart(LaneName.LIMITS)
                        // A slow machine is no outage: only a Redis that is killed is.
                        .with("TREK_LANES_LIMITS_DEADLINE", "5s")
                        .setting("limits.burst.requests", String.valueOf(BURST))
                        .setting("limits.burst.window", "\"1h\"");
        IntStream.range(0, 4).forEach(i -> plan.person(Person.client("client-" + i, "partner")));
        product = plan.start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void meet() {
        operator = new Operator(product);
        gateway = product.gateway();
    }

    @AfterEach
    void putBack() {
        product.heal();
        changed.reversed().forEach(operator::unset);
        product.awaitRevision(product.control().revision());
    }

    @Test
    void countsAndNeverRefusesWhatIsOnlyWatched() {
        Caller client = product.client("client-0");
        set(ENFORCEMENT, "WATCHED");
        double before = watchedRefusals();

        List<Answer> answers = ask(client, BURST + BEYOND);

        assertThat(answers).extracting(Answer::status).containsOnly(404);
        assertThat(answers.getLast().header("RateLimit-Policy")).doesNotContain("burst");
        assertThat(watchedRefusals()).isEqualTo(before + BEYOND);
        set(ENFORCEMENT, "ENFORCED");
        assertThat(ask(client, 1)).extracting(Answer::status).containsExactly(429);
    }

    @Test
    void refusesWithoutRedisWhereThatIsWanted() {
        set(WITHOUT_REDIS, "REFUSE");
        killRedisOfLimits();

        List<Answer> answers = ask(product.client("client-1"), BURST);

        assertThat(answers)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.problem()).isEqualTo(REDUCED);
                    assertThat(Long.parseLong(answer.header("Retry-After"))).isPositive();
                });
    }

    @Test
    void admitsAllWithoutRedisWhereThatIsWanted() {
        set(WITHOUT_REDIS, "ADMIT");
        killRedisOfLimits();

        List<Answer> answers = ask(product.client("client-2"), BURST + BEYOND);

        assertThat(answers).extracting(Answer::status).containsOnly(404);
    }

    @Test
    void tellsThatItDecidesAlone() {
        killRedisOfLimits();
        double before = localDecisions();

        Answer answer =
                product.client("client-3")
                        .get("/v1/jobs/no-such-job", "X-Request-Id", "decided-alone");

        assertThat(answer.header("Trek-Limits")).isEqualTo("local");
        assertThat(localDecisions()).isEqualTo(before + 1);
        assertThat(gateway.metric("trek_concern_mode", "concern=\"limits\",mode=\"local\""))
                .isEqualTo(1.0);
        assertThat(gateway.metric("trek_concern_mode", "concern=\"limits\",mode=\"normal\""))
                .isZero();
        await("its line in the access log")
                .until(() -> !gateway.accessed("decided-alone").isMissingNode());
        assertThat(gateway.accessed("decided-alone").path("mode").asText()).isEqualTo("local");
    }

    private void set(String key, String choice) {
        changed.add(key);
        product.awaitRevision(operator.set(key, "\"" + choice + "\""));
    }

    private void killRedisOfLimits() {
        product.redis(LaneName.LIMITS).kill();
        await().atMost(NOTICED).until(() -> gateway.mode("limits").equals("local"));
    }

    private static List<Answer> ask(Caller caller, int times) {
        return Stream.generate(() -> caller.get("/v1/jobs/no-such-job")).limit(times).toList();
    }

    private double watchedRefusals() {
        return gateway.metric("trek_limits_watched_refusals_total", "limit=\"burst\"");
    }

    private double localDecisions() {
        return gateway.metric("trek_limits_decisions_total", "source=\"local\"");
    }
}
