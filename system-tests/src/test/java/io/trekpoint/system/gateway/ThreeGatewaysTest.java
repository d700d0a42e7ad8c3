package io.trekpoint.system.gateway;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Three gateways and one limit: a burst of sixty, and one more in each minute, which is longer than
 * asking takes. Counts what is admitted with Redis, without it, and after it is back.
 */
class ThreeGatewaysTest {
    private static final int GATEWAYS = 3;
    private static final int BURST = 60;
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration NOTICED = Duration.ofSeconds(15);

    private static Product product;

    @BeforeAll
    static void start() {
        product =
                Plan.named("three-gateways")
                        .gateways(GATEWAYS)
                        .apart(LaneName.LIMITS)
                        // A slow machine is no outage: what one gateway decides alone is not exact.
                        .with("TREK_LANES_LIMITS_DEADLINE", "5s")
                        .setting("limits.burst.requests", String.valueOf(BURST))
                        .setting("limits.burst.window", "\"1h\"")
                        .person(Person.client("steady", "partner"))
                        .person(Person.client("late", "partner"))
                        .person(Person.client("spread", "partner"))
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
    void admitsTheBurstAndNoMoreWhicheverGatewayIsAsked() throws Exception {
        long began = System.nanoTime();

        long admitted = admitted("spread");

        assertThat(earned(began)).as("what came back while it was spent").isZero();
        assertThat(admitted).isEqualTo(BURST);
    }

    @Test
    void givesNobodyASecondBurstThroughAnOutage() throws Exception {
        awaitGatewaysKnowEachOther();
        long began = System.nanoTime();
        long steady = admitted("steady");

        product.redis(LaneName.LIMITS).kill();
        await().atMost(NOTICED).until(() -> everyGatewayIs("local"));
        steady += admitted("steady");
        long late = admitted("late");
        assertThat(late).as("each gateway gives its share").isGreaterThanOrEqualTo(BURST);

        product.redis(LaneName.LIMITS).restart();
        await().atMost(NOTICED).until(() -> everyGatewayIs("normal"));
        await("what was admitted is carried back")
                .atMost(NOTICED)
                .until(() -> product.gateways().stream().allMatch(ThreeGatewaysTest::hasCarried));
        steady += admitted("steady");
        late += admitted("late");

        long most = BURST + GATEWAYS + earned(began);
        assertThat(steady).as("who was known before").isLessThanOrEqualTo(most);
        assertThat(late).as("who came while Redis was away").isLessThanOrEqualTo(most);
        Answer answer = product.client("late").get("/v1/jobs/no-such-job");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Trek-Limits")).isEmpty();
    }

    /** What the limit earns back in the time that has passed since. */
    private static long earned(long began) {
        return Duration.ofNanos(System.nanoTime() - began).dividedBy(INTERVAL);
    }

    private static void awaitGatewaysKnowEachOther() {
        await().atMost(NOTICED)
                .until(() ->
                        product.gateways().stream()
                                .allMatch(it -> it.metrics().contains("trek_limits_replicas 3.0")));
    }

    private static boolean everyGatewayIs(String mode) {
        return product.gateways().stream().allMatch(it -> it.mode("limits").equals(mode));
    }

    private static boolean hasCarried(Service gateway) {
        return gateway.metrics().contains("trek_limits_indebted_clients 0.0");
    }

    /** Asks every gateway at once, each for more than the whole burst. */
    private static long admitted(String client) throws Exception {
        List<Future<Long>> counts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Service gateway : product.gateways()) {
                Caller caller = gateway.caller().as(product.key(client));
                counts.add(threads.submit(() -> admittedBy(caller)));
            }
        }
        long admitted = 0;
        for (Future<Long> count : counts) {
            admitted += count.get();
        }
        return admitted;
    }

    private static long admittedBy(Caller caller) {
        long admitted = 0;
        for (int i = 0; i < BURST + 10; i++) {
            int status = caller.get("/v1/jobs/no-such-job").status();
            assertThat(status).isIn(404, 429);
            admitted += status == 404 ? 1 : 0;
        }
        return admitted;
    }
}
