package io.trekpoint.lanes.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EvaluationsTest {
    private static final FlagAnswer ON = answer("on");
    private static final FlagAnswer OFF = answer("off");
    private static RedisServer server;
    private static LaneFixture fixture;

    private final Lane lane = fixture.lane(LaneName.CONTROL, Duration.ofSeconds(10));
    private final EvaluationRecords records = new EvaluationRecords(lane);
    private final EvaluationCounters counters = new EvaluationCounters();
    private final EvaluationReporter reporter =
            EvaluationReporter.start(
                    counters, () -> Duration.ofMillis(20), lane, InstantSource.system());

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        fixture = new LaneFixture(server);
    }

    @AfterAll
    static void stop() {
        fixture.close();
        server.close();
    }

    @AfterEach
    void clear() {
        reporter.close();
        server.command("FLUSHALL");
    }

    @Test
    void tellsWhoEvaluatedAFlagAndToWhat() {
        counters.count("api-service", "a", ON);
        counters.count("worker-service", "a", ON);
        FlagUse use =
                soon().until(() -> records.find("a"), found -> knows(found, "worker-service"))
                        .orElseThrow();
        assertThat(use.by()).containsOnlyKeys("api-service", "worker-service");
        assertThat(use.variant()).isEqualTo("on");
        assertThat(use.last()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(records.all()).containsOnlyKeys("a");
    }

    @Test
    void countsByReasonAndVariantAndAddsUp() {
        for (int i = 0; i < 1_000; i++) {
            counters.count("api-service", "a", i % 4 == 0 ? OFF : ON);
        }
        counters.count("api-service", "a", new FlagAnswer(null, null, FlagAnswer.Reason.DEFAULT));
        soon().until(this::counted, counts -> counts.size() == 3);
        counters.count("worker-service", "a", ON);
        soon().untilAsserted(() ->
                assertThat(counted())
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("STATIC on", 751L, "STATIC off", 250L, "DEFAULT ", 1L)));
    }

    @Test
    void remembersSinceWhenAFlagIsConstant() {
        counters.count("api-service", "a", ON);
        soon().until(() -> records.find("a").isPresent());
        server.command(
                "HSET trek:{control}:evaluations a '{\"first\":5,\"since\":5,\"variant\":\"on\",\"by\":{\"x\":5}}'");
        counters.count("api-service", "a", ON);
        soon().until(() -> knows(records.find("a"), "api-service"));
        assertThat(records.find("a").orElseThrow().since()).isEqualTo(Instant.ofEpochSecond(5));
        counters.count("api-service", "a", OFF);
        soon().until(() -> records.find("a").orElseThrow().variant().equals("off"));
        FlagUse use = records.find("a").orElseThrow();
        assertThat(use.first()).isEqualTo(Instant.ofEpochSecond(5));
        assertThat(use.since()).isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void startsAnewWhereItsRecordIsBroken() {
        server.command("HSET trek:{control}:evaluations a nonsense");
        assertThat(records.find("a")).isEmpty();
        counters.count("api-service", "a", ON);
        soon().until(() -> knows(records.find("a"), "api-service"));
    }

    @Test
    void goesOnAfterAnOutage() {
        server.kill();
        counters.count("api-service", "a", ON);
        server.restart();
        counters.count("api-service", "b", ON);
        soon().until(() -> {
            counters.count("api-service", "b", ON);
            return records.find("b").isPresent();
        });
    }

    @Test
    void keepsTheCountsOfADayNoLongerThanTheyAreAskedFor() {
        counters.count("api-service", "a", ON);
        soon().until(() -> !counted().isEmpty());
        assertThat(
                        Long.parseLong(
                                server.command("TTL " + EvaluationKeys.day(today())).substring(1)))
                .isBetween(7 * 86_400L, 8 * 86_400L);
    }

    @Test
    void countsOfManyThreadsAreAllThere() throws InterruptedException {
        EvaluationCounters alone = new EvaluationCounters();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int n = 0; n < 1_000; n++) {
                                    alone.count("api-service", "f" + n % 10, n % 3 == 0 ? ON : OFF);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(alone.drain().stream().mapToLong(EvaluationCounters.Count::count).sum())
                .isEqualTo(8_000);
        assertThat(alone.drain()).isEmpty();
    }

    @Test
    void countsNoMoreFlagsThanItsBound() {
        EvaluationCounters alone = new EvaluationCounters();
        for (int n = 0; n < EvaluationCounters.MOST_FLAGS + 10; n++) {
            alone.count("api-service", "f" + n, ON);
        }
        assertThat(alone.drain()).hasSize(EvaluationCounters.MOST_FLAGS);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private Map<String, Long> counted() {
        return records.counts("a", today(), 2);
    }

    private static boolean knows(Optional<FlagUse> use, String consumer) {
        return use.map(it -> it.by().containsKey(consumer)).orElse(false);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static FlagAnswer answer(String variant) {
        return new FlagAnswer(
                BooleanNode.valueOf(variant.equals("on")), variant, FlagAnswer.Reason.STATIC);
    }
}
