package io.trekpoint.system.ofrep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The SDK of OpenFeature for Node, over its OFREP provider, against the packaged service. Skipped
 * where npm is not there or cannot install it.
 */
class NodeClientTest {
    private static final Path DIRECTORY = Path.of("target", "openfeature-node").toAbsolutePath();
    private static final List<String> PACKAGES =
            List.of(
                    "@openfeature/core@1.12.0",
                    "@openfeature/ofrep-core@0.1.4",
                    "@openfeature/ofrep-provider@0.1.3",
                    "@openfeature/server-sdk@1.23.0");

    @Test
    void evaluatesFlagsOfEveryType() throws Exception {
        install();
        try (Product product = Plan.named("openfeature-node").start()) {
            new Flags(product.operator("operator")).define();
            Path script = DIRECTORY.resolve("evaluate.mjs");
            String said =
                    run(
                            List.of(
                                    "node",
                                    script.toString(),
                                    product.control().url().toString(),
                                    product.key("reader")));
            JsonNode found = new ObjectMapper().readTree(said);
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

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        try (var script = NodeClientTest.class.getResourceAsStream("/ofrep/evaluate.mjs")) {
            Files.write(DIRECTORY.resolve("evaluate.mjs"), script.readAllBytes());
        }
        Files.writeString(DIRECTORY.resolve("package.json"), "{\"private\":true}");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "npm",
                                "install",
                                "--no-save",
                                "--no-package-lock",
                                "--no-audit",
                                "--no-fund",
                                "--ignore-scripts"));
        command.addAll(PACKAGES);
        try {
            run(command);
        } catch (IOException | IllegalStateException e) {
            abort("npm is not there, or cannot install the SDK: " + e.getMessage());
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path errors = DIRECTORY.resolve("errors.log");
        Process process =
                new ProcessBuilder(command)
                        .directory(DIRECTORY.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        command.getFirst() + " failed: " + Files.readString(errors) + said);
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
