package io.trekpoint.system.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/api.md} run in their order, in one shell, and answer as is shown. */
@ExtendWith(WholeProduct.class)
class ApiPageTest {
    private static final String END = "== end of an example ==";
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir Path directory;

    @Test
    void answersAsIsShown(Product product) throws IOException, InterruptedException {
        ApiPage page = ApiPage.of(Files.readString(ROOT.resolve("docs/api.md")));
        assertThat(page.examples()).hasSizeGreaterThan(15);
        assertThat(page.examples().stream().filter(it -> it.shown().isPresent()).count())
                .isGreaterThan(10);

        List<String> outputs = run(page, product);

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < page.examples().size(); i++) {
            ApiPage.Example example = page.examples().get(i);
            String output = outputs.get(i);
            List<String> found =
                    example.shown()
                            .map(shown -> ApiPage.differences(shown, output))
                            .orElseGet(() -> problems(output));
            if (!found.isEmpty()) {
                differences.add(example.commands() + found + "\n" + output);
            }
        }
        assertThat(differences).isEmpty();
    }

    /** What is not shown is not to be a problem. */
    private static List<String> problems(String output) {
        return output.contains("\"urn:trekpoint:problem:") ? List.of("a problem") : List.of();
    }

    private List<String> run(ApiPage page, Product product)
            throws IOException, InterruptedException {
        laySceneOut(product);
        StringBuilder script = new StringBuilder("set -u\n");
        for (ApiPage.Example example : page.examples()) {
            script.append(example.commands()).append("echo '").append(END).append("'\n");
        }
        Path output = directory.resolve("output");
        Process shell =
                new ProcessBuilder("bash", "-c", script.toString())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(shell.waitFor(3, TimeUnit.MINUTES)).as("the page ends").isTrue();
        } finally {
            shell.destroyForcibly();
        }
        List<String> outputs = List.of(Files.readString(output).split(END, -1));
        assertThat(outputs)
                .as("outputs, and what is behind the last")
                .hasSize(page.examples().size() + 1);
        return outputs;
    }

    /** The top of a checkout after {@code ./trek up}, as far as the page looks at it. */
    private void laySceneOut(Product product) throws IOException {
        Path home = Files.createDirectory(directory.resolve(".trek"));
        Files.createSymbolicLink(directory.resolve("docs"), ROOT.resolve("docs"));
        Files.writeString(
                home.resolve("demo-keys.env"),
                "TREK_FREE_KEY=%s\nTREK_OPERATOR_KEY=%s\n"
                        .formatted(product.key("partner"), product.key("operator")));
        Files.writeString(
                home.resolve("urls.env"),
                "TREK_API_URL=%s\nTREK_CONTROL_URL=%s\n"
                        .formatted(product.gateway().url(), product.control().url()));
    }
}
