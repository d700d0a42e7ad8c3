package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final String DISABLED = "urn:trekpoint:problem:feature-disabled";
    private static final String NO_JOBS = "urn:trekpoint:problem:jobs-unavailable";
    private static final byte[] WALK = Gpx.walk();
    private static Product product;

    @BeforeAll
    static void start() {
        product = Plan.named("control-outage").start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void heal() {
        product.heal();
        new Operator(product).restoreExport();
        awaitExport(product.gateway(), answer -> answer.status() == 202);
    }

    @Test
    void keepsAKilledFlagKilledWithoutRedis() {
        killFlag();

        redis().kill();

        await().atMost(Duration.ofSeconds(5)).until(() -> mode("flags").equals("stale"));
        assertThat(export(product.gateway()).problem()).isEqualTo(DISABLED);
    }

    @Test
    void keepsKnownKeysWorkingWithoutRedis() {
        redis().kill();

        assertThat(export(product.gateway()).problem()).isEqualTo(NO_JOBS);
    }

    @Test
    void keepsFlagsAndKeysAcrossARestartWithoutRedisAndControlService() {
        killFlag();
        awaitSnapshotOfTheKill();
        redis().kill();
        product.control().kill();

        product.gateway().restart();

        assertThat(product.gateway().source()).isEqualTo("disk");
        assertThat(export(product.gateway()).problem()).isEqualTo(DISABLED);
    }

    @Test
    void fillsAnEmptyGatewayFromTheControlServiceWithoutRedis() {
        killFlag();
        redis().kill();
        Service empty = product.add(Module.API, Map.of()).launch().awaitReady();
        try {
            await().atMost(Duration.ofSeconds(5)).until(() -> empty.source().equals("control"));
            assertThat(export(empty).problem()).isEqualTo(DISABLED);
        } finally {
            product.remove(empty);
        }
    }

    @Test
    void movesUpToRedisOnceItAnswers() {
        redis().kill();
        product.gateway().restart();

        redis().restart();

        await().atMost(Duration.ofSeconds(5)).until(() -> product.gateway().source().equals("redis"));
    }

    @Test
    void givesItsOwnAnswersWhereNothingWasEverKnown() {
        Service cold = product.add(Module.API, nothingAround()).launch().awaitReady();
        try {
            assertThat(cold.caller().get("/q/health/live").status()).isEqualTo(200);
            assertThat(cold.source()).isEqualTo("default");
            assertThat(cold.mode("flags")).isEqualTo("default");
            assertThat(cold.mode("settings")).isEqualTo("default");
            assertThat(cold.mode("clients")).isEqualTo("refusing");
            assertThat(export(cold).status()).isEqualTo(401);
        } finally {
            product.remove(cold);
        }
    }

    @Test
    void staysAliveWithoutRedis() {
        redis().kill();

        await().atMost(Duration.ofSeconds(5)).until(() -> mode("jobs").equals("refusing"));
        assertThat(product.services())
                .allSatisfy(
                        service ->
                                assertThat(service.caller().get("/q/health/live").status())
                                        .isEqualTo(200));
    }

    @Test
    void refusesControlChangesWithoutRedis() {
        redis().kill();

        Answer answer =
                product.operator("operator")
                        .postJson("/v1/flags/gpx.export/kill", "{\"reason\": \"a test\"}");

        assertThat(answer.problem()).isEqualTo("urn:trekpoint:problem:control-unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void writesNoSecretToALog() {
        redis().kill();
        await().atMost(Duration.ofSeconds(5)).until(() -> mode("jobs").equals("refusing"));
        export(product.gateway());

        assertThat(product.logsWithSecrets()).isEmpty();
    }

    private static void killFlag() {
        new Operator(product).killExport();
        awaitExport(product.gateway(), answer -> answer.problem().equals(DISABLED));
    }

    private static void awaitSnapshotOfTheKill() {
        long revision = product.gateway().revision();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> product.gateway().snapshotRevision() == revision);
    }

    private static Map<String, String> nothingAround() {
        String nowhere = "redis://127.0.0.1:" + RedisServer.freePort();
        return Map.of(
                "TREK_REDIS_JOBS_URL", nowhere,
                "TREK_REDIS_LIMITS_URL", nowhere,
                "TREK_REDIS_CONTROL_URL", nowhere,
                "TREK_CONTROL_URL", "http://127.0.0.1:" + RedisServer.freePort());
    }

    private static RedisServer redis() {
        return product.redis(LaneName.CONTROL);
    }

    private static String mode(String concern) {
        return product.gateway().mode(concern);
    }

    private static Answer export(Service gateway) {
        Caller client = gateway.caller().as(product.key("partner"));
        return client.export("kml", WALK);
    }

    private static void awaitExport(Service gateway, Predicate<Answer> expected) {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> export(gateway), expected);
    }
}
