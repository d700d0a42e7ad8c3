package io.trekpoint.system.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.NodeProject;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract that the packaged gateway publishes, under the rules of {@code redocly.yaml}.
 * Skipped where npm is not there or cannot install the linter.
 */
@ExtendWith(WholeProduct.class)
class ContractLintTest {
    private static final List<String> LINTER = List.of("@redocly/cli@2.77.0");

    private NodeProject linter;

    /** Before each, so that each is reported with the reason why it is skipped. */
    @BeforeEach
    void install() throws IOException, InterruptedException {
        linter = NodeProject.of("redocly", LINTER);
        try (InputStream rules =
                ContractLintTest.class.getResourceAsStream("/contract/redocly.yaml")) {
            linter.write("redocly.yaml", rules.readAllBytes());
        }
    }

    @Test
    void findsNothing(Product product) throws IOException, InterruptedException {
        NodeProject.Said said = lint(contract(product));

        assertThat(said.output()).contains("\"problems\": []");
        assertThat(said.status()).as("%s", said).isZero();
    }

    @Test
    void findsAnExampleThatIsNotOfItsSchema(Product product)
            throws IOException, InterruptedException {
        JsonNode contract = contract(product);
        JsonNode view =
                contract.at(
                        "/paths/~1v1~1jobs~1stats/post/responses/202/content/application~1json"
                                + "/examples/queued/value");
        ((ObjectNode) view).put("state", "somewhere");

        assertThat(lint(contract).output()).contains("no-invalid-media-type-examples");
    }

    @Test
    void findsAnAnswerThatDoesNotSayWhenToComeBack(Product product)
            throws IOException, InterruptedException {
        JsonNode contract = contract(product);
        ((ObjectNode) contract.at("/paths/~1v1~1me/get/responses/503/headers"))
                .remove("Retry-After");

        assertThat(lint(contract).output()).contains("response-contains-header");
    }

    private static JsonNode contract(Product product) {
        Answer published = product.gateway().caller().get("/q/openapi?format=json");
        assertThat(published.status()).isEqualTo(200);
        return published.json();
    }

    private NodeProject.Said lint(JsonNode contract) throws IOException, InterruptedException {
        linter.write("contract.json", contract.toString().getBytes(StandardCharsets.UTF_8));
        return linter.run(
                List.of(
                        "node",
                        "node_modules/.bin/redocly",
                        "lint",
                        "--format=json",
                        "contract.json"));
    }
}
