package io.trekpoint.system.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.limit.LimitItem;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Person;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final int BURST = 5;
    private static final int STRAYS = 60;
    private static final String EXCEEDED =
            "https://iana.org/assignments/http-problem-types#quota-exceeded";
    private static Product product;

    @BeforeAll
    static void start() {
        Plan plan =
                Plan.named("limits")
                        .gateways(2)
                        .with("TREK_GATEWAY_STRAY_REQUESTS", String.valueOf(STRAYS))
                        .setting("limits.burst.requests", String.valueOf(BURST))
                        .setting("limits.burst.window", "\"20s\"");
        IntStream.range(0, 9).forEach(i -> plan.person(Person.client("client-" + i, "partner")));
        product = plan.start();
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
    void tellsEveryCallerWhereItStands() {
        Answer answer = ask(client(0));

        assertThat(answer.header("RateLimit-Policy"))
                .isEqualTo("\"burst\";q=5;w=20,\"hour\";q=200000;w=3600");
        assertThat(answer.header("RateLimit")).matches("\"burst\";r=4;t=[1-4]");
        assertThat(LimitItem.list(answer.header("RateLimit-Policy")))
                .containsExactly(
                        new LimitItem("burst", Map.of("q", 5L, "w", 20L)),
                        new LimitItem("hour", Map.of("q", 200_000L, "w", 3_600L)));
        LimitItem standing = standing(answer);
        assertThat(standing.parameters()).containsOnlyKeys("r", "t");
        assertThat(standing.get("r")).isEqualTo(4);
        assertThat(standing.get("t")).isBetween(1L, 4L);
    }

    @Test
    void refusesWhatIsBeyondTheBurst() {
        Answer refused = askBeyondTheBurst(client(1));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo(EXCEEDED);
        assertThat(refused.json().path("violated-policies"))
                .extracting(policy -> policy.asText())
                .containsExactly("burst");
    }

    @Test
    void asksToRetryNoSoonerThanThereIsMore() {
        Answer refused = askBeyondTheBurst(client(2));

        assertThat(Long.parseLong(refused.header("Retry-After")))
                .isPositive()
                .isGreaterThanOrEqualTo(standing(refused).get("t"));
    }

    @Test
    void sharesTheCountAmongGateways() {
        Caller first = client(3);
        Caller second = new Caller(product.gateways().get(1).url(), first.key());
        ask(first);
        ask(first);
        ask(first);
        ask(second);
        ask(second);

        assertThat(List.of(ask(first).status(), ask(second).status())).containsExactly(429, 429);
    }

    /** The other gateway hears of it a moment later, and has let in what came until then. */
    @Test
    void sharesTheCountOfWhatLeadsNowhereAmongGateways() {
        Caller first = product.gateways().get(0).caller();
        Caller second = product.gateways().get(1).caller();
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> first.get("/v1/nothing").status() == 429);
        AtomicInteger asked = new AtomicInteger();

        await().until(() -> {
            asked.incrementAndGet();
            return second.get("/v1/nothing").status() == 429;
        });

        assertThat(asked.get()).isLessThan(STRAYS / 2);
        assertThat(second.as(product.key("client-0")).get("/v1/me").status()).isEqualTo(200);
    }

    @Test
    void keepsClientsApart() {
        askBeyondTheBurst(client(4));

        assertThat(ask(client(5)).status()).isEqualTo(404);
    }

    @Test
    void limitsByItselfWithoutRedis() {
        product.redis(LaneName.LIMITS).kill();

        Answer refused = askUntilRefused(client(6));

        assertThat(refused.header("Trek-Limits")).isEqualTo("local");
        assertThat(refused.header("RateLimit")).matches("\"burst\";r=\\d+;t=\\d+");
        assertThat(standing(refused).get("r")).isZero();
        assertThat(product.gateway().mode("limits")).isEqualTo("local");
    }

    @Test
    void saysThatItCountsByItselfWithoutRedis() {
        Caller client = client(8);
        assertThat(client.get("/v1/me").json().path("countedBy").asText()).isEqualTo("redis");

        product.redis(LaneName.LIMITS).kill();

        Answer look = client.get("/v1/me");
        assertThat(look.status()).isEqualTo(200);
        assertThat(look.json().path("countedBy").asText()).isEqualTo("local");
        assertThat(look.header("Trek-Limits")).isEqualTo("local");
    }

    @Test
    void sharesTheCountAgainSoonAfterRedisIsBack() {
        product.redis(LaneName.LIMITS).kill();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> product.gateway().mode("limits").equals("local"));

        product.redis(LaneName.LIMITS).restart();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> product.gateway().mode("limits").equals("normal"));
        assertThat(ask(client(7)).header("Trek-Limits")).isEmpty();
    }

    private static Caller client(int number) {
        return product.client("client-" + number);
    }

    private static Answer ask(Caller caller) {
        return caller.get("/v1/jobs/no-such-job");
    }

    /** A gateway that does not know of the other yet gives the whole burst, else half of it. */
    private static Answer askUntilRefused(Caller caller) {
        for (int i = 0; i < BURST; i++) {
            Answer answer = ask(caller);
            if (answer.status() == 429) {
                return answer;
            }
        }
        Answer refused = ask(caller);
        assertThat(refused.status()).isEqualTo(429);
        return refused;
    }

    private static Answer askBeyondTheBurst(Caller caller) {
        for (int i = 0; i < BURST; i++) {
            assertThat(ask(caller).status()).isNotEqualTo(429);
        }
        return ask(caller);
    }

    /** The one limit to go by, which is the burst in all of these tests. */
    private static LimitItem standing(Answer answer) {
        List<LimitItem> standings = LimitItem.list(answer.header("RateLimit"));
        assertThat(standings).extracting(LimitItem::name).containsExactly("burst");
        return standings.getFirst();
    }
}
