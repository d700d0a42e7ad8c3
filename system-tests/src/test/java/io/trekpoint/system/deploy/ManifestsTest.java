package io.trekpoint.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {

    private static final Kustomization BASE = Kustomization.find();
    private static final List<JsonNode> DOCUMENTS = BASE.documents();

    private static final Set<String> EVERY_SERVICE_KNOWS =
            Set.of(
                    "QUARKUS_HTTP_HOST",
                    "QUARKUS_HTTP_PORT",
                    "POD_IP",
                    "TREK_INSTANCE_URL",
                    "TREK_REDIS_URL",
                    "TREK_REDIS_JOBS_URL",
                    "TREK_REDIS_LIMITS_URL",
                    "TREK_REDIS_CONTROL_URL",
                    "TREK_SNAPSHOT_DIR");
    private static final Set<String> MIRRORS_KNOW =
            Set.of("TREK_CONTROL_URL", "TREK_CONTROL_KEY_FILE");
    private static final Set<String> GATEWAY_KNOWS =
            Set.of("TREK_LIMITS_LOCAL_REPLICAS", "TREK_KEY_ENVIRONMENT");
    private static final Set<String> CONTROL_KNOWS =
            Set.of("TREK_INIT_TOKEN", "TREK_KEY_ENVIRONMENT");

    /** A workload by its name, so that a failed check says which. */
    record Workload(String name, JsonNode spec) {

        JsonNode pod() {
            return spec.at("/template/spec");
        }

        JsonNode container() {
            assertThat(pod().path("containers")).as("containers of %s", name).hasSize(1);
            return pod().path("containers").path(0);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Workload> workloads() {
        return DOCUMENTS.stream()
                .filter(document -> document.at("/spec/template/spec/containers").isArray())
                .map(document -> new Workload(nameOf(document), document.path("spec")));
    }

    @Test
    void hasEachServiceWithAnAccountAnAddressAndADisruptionBudget() {
        for (String kind : List.of("ServiceAccount", "Service", "PodDisruptionBudget")) {
            assertThat(
                            DOCUMENTS.stream()
                                    .filter(document -> kind.equals(kindOf(document)))
                                    .map(ManifestsTest::nameOf))
                    .as(kind)
                    .contains("api-service", "worker-service", "control-service");
        }
        assertThat(workloads().map(Workload::name))
                .containsExactlyInAnyOrder("api-service", "worker-service", "control-service");
    }

    @Test
    void holdsOnlyWhatTheOfficialModelKnows() {
        for (JsonNode document : DOCUMENTS) {
            assertThatCode(() -> Model.validate(document))
                    .as("%s %s", kindOf(document), nameOf(document))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spec",
                "/spec/template/spec",
                "/spec/template/spec/containers/0",
                "/spec/template/spec/containers/0/readinessProbe/httpGet",
                "/spec/template/spec/containers/0/securityContext/capabilities",
                "/spec/template/spec/volumes/0"
            })
    void refusesAMisspeltFieldWhereverItStands(String place) {
        for (String kind : List.of("Deployment", "StatefulSet")) {
            ObjectNode document =
                    DOCUMENTS.stream()
                            .filter(it -> kind.equals(kindOf(it)))
                            .findFirst()
                            .orElseThrow()
                            .deepCopy();
            ((ObjectNode) document.at(place)).put("mispelt", "value");

            assertThatThrownBy(() -> Model.validate(document))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mispelt");
        }
    }

    @Test
    void showsAnIngressThatPassesNothingOfOperators() {
        JsonNode ingress = BASE.beside("examples/ingress.yaml").getFirst();
        assertThatCode(() -> Model.validate(ingress)).doesNotThrowAnyException();
        assertThat(ingress.findValuesAsText("path"))
                .containsExactlyInAnyOrder("/v1", "/q/openapi", "/q/swagger-ui");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void probesWhatTheServicesDeclare(Workload workload) {
        JsonNode container = workload.container();
        assertThat(container.at("/livenessProbe/httpGet/path").asText())
                .isEqualTo("/q/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText())
                .isEqualTo("/q/health/ready");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asText())
                    .isEqualTo(container.at("/ports/0/name").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void runsWithoutPrivilege(Workload workload) {
        JsonNode pod = workload.pod().path("securityContext");
        assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("runAsUser").asInt()).isPositive();
        assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(workload.pod().path("automountServiceAccountToken").asBoolean(true)).isFalse();

        JsonNode container = workload.container().path("securityContext");
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(texts(container.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(container.at("/capabilities/add").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void saysWhatItNeedsAndTakesNoMore(Workload workload) {
        for (String bound : List.of("requests", "limits")) {
            for (String resource : List.of("cpu", "memory")) {
                assertThat(workload.container().at("/resources/" + bound + "/" + resource).asText())
                        .as("%s of %s", bound, resource)
                        .isNotBlank();
            }
        }
        assertThat(workload.spec().path("replicas").asInt()).isEqualTo(2);
        assertThat(workload.pod().path("terminationGracePeriodSeconds").asInt()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void keepsItsSnapshotOnAVolumeThatOutlivesTheProcess(Workload workload) {
        String directory =
                stream(workload.container().path("env"))
                        .filter(variable -> "TREK_SNAPSHOT_DIR".equals(nameIn(variable)))
                        .map(variable -> variable.path("value").asText())
                        .findFirst()
                        .orElseThrow();
        String volume =
                stream(workload.container().path("volumeMounts"))
                        .filter(mount -> directory.equals(mount.path("mountPath").asText()))
                        .map(ManifestsTest::nameIn)
                        .findFirst()
                        .orElseThrow();
        Stream<String> volumes =
                "control-service".equals(workload.name())
                        ? stream(workload.spec().path("volumeClaimTemplates"))
                                .map(ManifestsTest::nameOf)
                        : stream(workload.pod().path("volumes")).map(ManifestsTest::nameIn);
        assertThat(volumes).contains(volume);
        assertThat(
                        stream(workload.container().path("volumeMounts"))
                                .map(mount -> mount.path("mountPath").asText()))
                .contains("/tmp");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void namesOnlyVariablesThatTheServiceKnows(Workload workload) {
        var known = new TreeSet<>(EVERY_SERVICE_KNOWS);
        known.addAll("control-service".equals(workload.name()) ? CONTROL_KNOWS : MIRRORS_KNOW);
        known.addAll("api-service".equals(workload.name()) ? GATEWAY_KNOWS : Set.of());

        assertThat(variablesOf(workload))
                .contains("TREK_REDIS_URL", "TREK_SNAPSHOT_DIR")
                .isSubsetOf(known);
    }

    @Test
    void tellsEachGatewayHowManyShareTheLimits() {
        Workload gateway =
                workloads().filter(it -> "api-service".equals(it.name())).findFirst().orElseThrow();
        JsonNode told = null;
        for (JsonNode variable : gateway.container().path("env")) {
            if ("TREK_LIMITS_LOCAL_REPLICAS".equals(variable.path("name").asText())) {
                told = variable.path("value");
            }
        }
        assertThat(told).isNotNull();
        assertThat(told.asInt()).isEqualTo(gateway.spec().path("replicas").asInt());
    }

    @Test
    void holdsNoSecret() {
        assertThat(DOCUMENTS).noneMatch(document -> "Secret".equals(kindOf(document)));
        assertThat(BASE.manifest().has("secretGenerator")).isFalse();
        assertThat(BASE.files().values())
                .noneMatch(text -> text.matches("(?s).*\\w+://[^\\s/]*@.*"));
        workloads()
                .flatMap(workload -> stream(workload.container().path("env")))
                .filter(variable ->
                        nameIn(variable).matches("TREK_REDIS_.*|.*(TOKEN|SECRET|PASSWORD|KEY)"))
                .forEach(variable -> {
                    assertThat(variable.has("value")).as(nameIn(variable)).isFalse();
                    assertThat(variable.at("/valueFrom/secretKeyRef/key").asText())
                            .isEqualTo(nameIn(variable));
                });
        assertThat(BASE.configMaps().values().stream().flatMap(map -> map.keySet().stream()))
                .noneMatch(name -> name.matches("TREK_REDIS_.*|.*(TOKEN|SECRET|PASSWORD|KEY)"));
    }

    private static Set<String> variablesOf(Workload workload) {
        var names = new TreeSet<String>();
        workload.container().path("env").forEach(variable -> names.add(nameIn(variable)));
        for (JsonNode source : workload.container().path("envFrom")) {
            String name = source.at("/configMapRef/name").asText();
            names.addAll(
                    BASE.configMaps().entrySet().stream()
                            .filter(map ->
                                    name.equals(map.getKey())
                                            || name.matches(map.getKey() + "-[a-z0-9]{10}"))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no config map " + name))
                            .getValue()
                            .keySet());
        }
        return names;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Stream<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText);
    }

    private static String kindOf(JsonNode document) {
        return document.path("kind").asText();
    }

    private static String nameOf(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    private static String nameIn(JsonNode entry) {
        return entry.path("name").asText();
    }
}
