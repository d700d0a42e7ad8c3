package io.trekpoint.system.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.system.product.NodeProject;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The SDK of OpenFeature for Node, over its OFREP provider, against the packaged service. Skipped
 * where npm is not there or cannot install it.
 */
class NodeClientTest {
    private static final List<String> PACKAGES =
            List.of(
                    "@openfeature/core@1.12.0",
                    "@openfeature/ofrep-core@0.1.4",
                    "@openfeature/ofrep-provider@0.1.3",
                    "@openfeature/server-sdk@1.23.0");

    @Test
    void evaluatesFlagsOfEveryType() throws Exception {
        NodeProject node = NodeProject.of("openfeature-node", PACKAGES);
        Path script;
        try (InputStream source = NodeClientTest.class.getResourceAsStream("/ofrep/evaluate.mjs")) {
            script = node.write("evaluate.mjs", source.readAllBytes());
        }
        try (Product product = Plan.named("openfeature-node").start()) {
            new Flags(product.operator("operator")).define();
            NodeProject.Said said =
                    node.run(
                            List.of(
                                    "node",
                                    script.toString(),
                                    product.control().url().toString(),
                                    product.key("reader")));
            assertThat(said.status()).as("%s", said).isZero();
            JsonNode found = new ObjectMapper().readTree(said.output());
            assertThat(found.at("/search/value").asBoolean()).isTrue();
            assertThat(found.at("/search/reason").asText()).isEqualTo("STATIC");
            assertThat(found.at("/search/flagMetadata").path("trek.source").asText())
                    .isEqualTo("redis");
            assertThat(found.at("/banner/value").asText()).isEqualTo("blue");
            assertThat(found.at("/banner/reason").asText()).isEqualTo("TARGETING_MATCH");
            assertThat(found.at("/zoom/value").asInt()).isEqualTo(5);
            assertThat(found.at("/opacity/value").asDouble()).isEqualTo(1.0);
            assertThat(found.at("/layers/value/names/0").asText()).isEqualTo("relief");
            assertThat(found.at("/none/errorCode").asText()).isEqualTo("FLAG_NOT_FOUND");
            assertThat(found.at("/broken/errorCode").asText()).isEqualTo("GENERAL");
            assertThat(found.at("/broken/value").asBoolean()).isTrue();
        }
    }
}
