package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators see of the whole product at the control service. */
class InstancesTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> ALL =
            List.of("api-service", "control-service", "worker-service");
    private static Product product;

    @BeforeAll
    static void start() {
        product = Plan.named("instances").apart(LaneName.JOBS).apart(LaneName.LIMITS).start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void heal() {
        product.heal();
        await().atMost(SOON).until(() -> abnormal().isEmpty());
    }

    @Test
    void showsEveryInstanceWithWhatItGoesBy() {
        JsonNode status = awaitAll();

        long revision = status.path("revision").asLong();
        assertThat(status.path("instances"))
                .allSatisfy(each -> {
                    assertThat(each.path("revision").asLong()).isEqualTo(revision);
                    assertThat(each.path("behind").asLong()).isZero();
                    assertThat(each.path("source").asText()).isEqualTo("redis");
                    assertThat(each.path("snapshotAgeSeconds").asLong()).isLessThan(10);
                    assertThat(each.path("url").asText()).startsWith("http://");
                    assertThat(each.path("modes").path("flags").asText()).isEqualTo("normal");
                });
        assertThat(status.path("concerns"))
                .hasSize(6)
                .allSatisfy(each -> {
                    assertThat(each.path("mode").asText()).isEqualTo("normal");
                    assertThat(Instant.parse(each.path("since").asText())).isBefore(Instant.now());
                    assertThat(each.path("usersView").asText()).isNotBlank();
                });
    }

    @Test
    void forgetsAnInstanceThatWasShutDownAtOnce() {
        Service second = product.add(Module.API, Map.of()).launch().awaitReady();
        try {
            await().atMost(SOON).until(() -> services().size() == 4);

            second.stop();

            await().atMost(Duration.ofSeconds(3)).until(() -> services().size() == 3);
        } finally {
            product.remove(second);
        }
    }

    @Test
    void keepsWhoWasThereWhileItsLaneIsSilent() {
        awaitAll();

        product.redis(LaneName.CONTROL).kill();

        await().atMost(SOON).until(() -> abnormal().contains("flags"));
        JsonNode status = status();
        assertThat(status.path("instancesConfirmed").asBoolean()).isFalse();
        assertThat(services()).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @ParameterizedTest
    @EnumSource(LaneName.class)
    void foretellsWhatALanesDeathDoes(LaneName lane) {
        awaitAll();
        JsonNode foretold =
                product.operator("viewer").get("/v1/blast-radius?without=" + lane.label()).json();

        product.redis(lane).kill();

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(foretold.path("changes"))
                                .isNotEmpty()
                                .allSatisfy(change ->
                                        assertThat(mode(change.path("concern").asText()))
                                                .isEqualTo(change.path("modeThen").asText())));
        assertThat(foretold.path("unchanged"))
                .allSatisfy(concern -> assertThat(mode(concern.asText())).isEqualTo("normal"));
    }

    @Test
    void countsInstancesInItsMetrics() {
        awaitAll();

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(ALL)
                                .allSatisfy(service ->
                                        assertThat(
                                                        product.control()
                                                                .metric(
                                                                        "trek_instances",
                                                                        "service=\""
                                                                                + service
                                                                                + "\""))
                                                .isEqualTo(1.0)));
    }

    private static JsonNode awaitAll() {
        await().atMost(SOON).until(() -> services().containsAll(ALL) && abnormal().isEmpty());
        return status();
    }

    private static JsonNode status() {
        return product.operator("viewer").get("/v1/status").json();
    }

    private static List<String> services() {
        return status().path("instances")
                .valueStream()
                .map(each -> each.path("service").asText())
                .toList();
    }

    private static List<String> abnormal() {
        return status().path("concerns")
                .valueStream()
                .filter(each -> !each.path("mode").asText().equals("normal"))
                .map(each -> each.path("concern").asText())
                .toList();
    }

    private static String mode(String concern) {
        return status().path("concerns")
                .valueStream()
                .filter(each -> each.path("concern").asText().equals(concern))
                .map(each -> each.path("mode").asText())
                .findFirst()
                .orElseThrow();
    }
}
