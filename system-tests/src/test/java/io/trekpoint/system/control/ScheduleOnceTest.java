package io.trekpoint.system.control;

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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two control services on one Redis make a scheduled change once. */
class ScheduleOnceTest {
    private static final int SCHEDULES = 10;
    private static final String FLAG =
            """
            {"kind":"flag","key":"once.%d","ifNoneMatch":"*","definition":{"state":"ENABLED",
             "variants":{"on":true,"off":false},"defaultVariant":"on"}}\
            """;
    private static Product product;
    private static Service second;

    @BeforeAll
    static void start() {
        product = Plan.named("schedule-once").start();
        second = product.add(Module.CONTROL, Map.of()).launch().awaitReady();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void makesEachChangeInOneRevision() {
        Caller one = product.operator("operator");
        Caller other = second.caller().as(product.key("operator"));
        Instant at = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.MILLIS);
        List<String> ids =
                IntStream.range(0, SCHEDULES)
                        .mapToObj(i -> schedule(i % 2 == 0 ? one : other, i, at))
                        .toList();
        product.awaitRevision(product.control().revision());
        long scheduled = product.control().revision();
        assertThat(Instant.now()).as("all wait for the same moment").isBefore(at);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> product.control().revision() >= scheduled + SCHEDULES);
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> waiting(one) + waiting(other) == 0);

        assertThat(product.control().revision()).isEqualTo(scheduled + SCHEDULES);
        JsonNode made = one.get("/v1/audit?action=scheduled&limit=200").json().path("records");
        assertThat(made)
                .extracting(each -> each.at("/entry/requestId").asText())
                .containsExactlyInAnyOrderElementsOf(
                        ids.stream().map(id -> "scheduled-" + id).toList());
        assertThat(one.get("/v1/audit/verify").json().path("verified").asBoolean()).isTrue();
    }

    private static String schedule(Caller operator, int number, Instant at) {
        Answer answer =
                operator.postJson(
                        "/v1/changes",
                        "{\"reason\":\"a test\",\"at\":\"%s\",\"changes\":[%s]}"
                                .formatted(at, FLAG.formatted(number)));
        assertThat(answer.status()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    private static int waiting(Caller operator) {
        return operator.get("/v1/changes").json().path("changes").size();
    }
}
