package io.trekpoint.system.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import io.trekpoint.system.product.WholeProduct;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(WholeProduct.class)
class SelfReportTest {
    @ParameterizedTest
    @EnumSource
    void tellsWhatItIs(Module module, Product product) {
        JsonNode status = status(service(product, module));

        assertThat(status.path("service").asText()).isEqualTo(module.label());
        assertThat(status.path("version").asText()).isNotBlank();
        assertThat(status.path("instance").asText()).isNotBlank();
        assertThat(Instant.parse(status.path("startedAt").asText())).isBefore(Instant.now());
    }

    @ParameterizedTest
    @EnumSource
    void tellsItsLanes(Module module, Product product) {
        JsonNode lanes = status(service(product, module)).path("lanes");

        assertThat(lanes)
                .extracting(lane -> lane.path("lane").asText())
                .containsExactlyInAnyOrderElementsOf(lanes(module));
        assertThat(lanes)
                .allSatisfy(lane -> {
                    assertThat(lane.path("breaker").asText()).isEqualTo("closed");
                    assertThat(lane.path("readable").asBoolean()).isTrue();
                    assertThat(lane.path("writable").asBoolean()).isTrue();
                });
    }

    @ParameterizedTest
    @EnumSource
    void tellsItsConcernsWithTheirFailureDefaults(Module module, Product product) {
        JsonNode concerns = status(service(product, module)).path("concerns");

        assertThat(concerns)
                .extracting(concern -> concern.path("concern").asText())
                .containsExactlyInAnyOrderElementsOf(concerns(module));
        assertThat(concerns)
                .allSatisfy(concern -> {
                    assertThat(concern.path("mode").asText()).isEqualTo("normal");
                    assertThat(concern.path("failureDefault").asText()).isNotBlank();
                });
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheControlStateItGoesBy(Module module, Product product) {
        JsonNode state = status(service(product, module)).path("controlState");

        assertThat(state.path("source").asText()).isEqualTo("redis");
        assertThat(state.path("revision").asLong()).isPositive();
        assertThat(state.path("epoch").asText()).isNotBlank();
        assertThat(state.has("alarm")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void isAliveAndReady(Module module, Product product) {
        Service service = service(product, module);

        assertThat(service.caller().get("/q/health/live").status()).isEqualTo(200);
        assertThat(service.caller().get("/q/health/ready").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatItsLanesDo(Module module, Product product) {
        String metrics = service(product, module).metrics();

        assertThat(metrics).contains("trek_lane_");
        assertThat(lanes(module))
                .allSatisfy(lane -> assertThat(metrics).contains("lane=\"" + lane + "\""));
    }

    @ParameterizedTest
    @EnumSource
    void measuresTheModeOfEachConcern(Module module, Product product) {
        Service service = service(product, module);

        assertThat(concerns(module))
                .allSatisfy(
                        concern -> assertThat(normal(service, concern)).as(concern).isEqualTo(1.0));
    }

    @ParameterizedTest
    @EnumSource
    void measuresModesBeforeAnybodyAsksForItsStatus(Module module, Product product) {
        Service fresh = product.add(module, Map.of()).launch().awaitReady();
        try {
            assertThat(fresh.metrics()).contains("trek_concern_mode");
        } finally {
            product.remove(fresh);
        }
    }

    @ParameterizedTest
    @EnumSource
    void measuresItsMirror(Module module, Product product) {
        Service service = service(product, module);

        assertThat(service.metric("trek_mirror_source", "source=\"redis\"")).isEqualTo(1.0);
        assertThat(service.metrics())
                .contains("trek_mirror_revision", "trek_mirror_age", "trek_mirror_alarm");
    }

    @Test
    void givesEveryAnswerARequestId(Product product) {
        Answer answer = product.client("partner").get("/v1/nothing", "X-Request-Id", "asked-for-1");

        assertThat(answer.header("X-Request-Id")).isEqualTo("asked-for-1");
    }

    @Test
    void writesNoSecretToALog(Product product) {
        product.client("partner").export("kml", Gpx.walk(), "Prefer", "wait=20");
        product.client("partner").as(product.key("partner") + "x").export("kml", Gpx.walk());

        assertThat(product.logsWithSecrets()).isEmpty();
    }

    private static double normal(Service service, String concern) {
        return service.metric("trek_concern_mode", "concern=\"" + concern + "\",mode=\"normal\"");
    }

    private static JsonNode status(Service service) {
        return service.caller().get("/status").json();
    }

    private static List<String> lanes(Module module) {
        return switch (module) {
            case API -> List.of("jobs", "limits", "control");
            case CONTROL -> List.of("jobs", "control");
            case WORKER -> List.of("jobs", "limits", "control");
        };
    }

    private static List<String> concerns(Module module) {
        return switch (module) {
            case API -> List.of("jobs", "results", "limits", "flags", "settings", "clients");
            case CONTROL -> List.of("flags", "settings", "clients");
            case WORKER -> List.of("jobs", "results", "flags", "settings", "clients");
        };
    }

    private static Service service(Product product, Module module) {
        return switch (module) {
            case API -> product.gateway();
            case CONTROL -> product.control();
            case WORKER -> product.worker();
        };
    }
}
