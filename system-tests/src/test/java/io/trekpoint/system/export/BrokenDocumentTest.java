package io.trekpoint.system.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(WholeProduct.class)
class BrokenDocumentTest {
    private static final String DOCTYPE =
            """
            <?xml version="1.0"?>
            <!DOCTYPE gpx [<!ENTITY e SYSTEM "file:///etc/passwd">]>
            <gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"/>
            """;
    private static final byte[] WALK = Gpx.walk();

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of("prose", Gpx.of("This is a letter, and no GPX."), "NOT_XML", 1),
                Arguments.of("with a DOCTYPE", Gpx.of(DOCTYPE), "GPX_DOCTYPE", 2),
                Arguments.of("truncated", Arrays.copyOf(WALK, WALK.length - 60), "MALFORMED", 4),
                Arguments.of("another root", Gpx.of("<kml>\n</kml>"), "NOT_GPX", 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void failsWithCodeLineAndColumn(
            String what, byte[] document, String code, int line, Product product) {
        Answer answer = product.client("partner").export("geojson", document, "Prefer", "wait=20");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        JsonNode job = answer.json();
        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.at("/failure/code").asText()).isEqualTo(code);
        assertThat(job.at("/failure/line").asInt()).isGreaterThanOrEqualTo(line);
        assertThat(job.at("/failure/column").asInt()).isPositive();
        assertThat(job.at("/failure/message").asText()).isNotBlank();
        assertThat(job.at("/failure/retryable").asBoolean(true)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void hasNoResult(String what, byte[] document, String code, int line, Product product) {
        Caller client = product.client("partner");
        String id = client.export("kml", document, "Prefer", "wait=20").json().path("id").asText();

        Answer result = client.get("/v1/jobs/" + id + "/result");

        assertThat(result.status()).isEqualTo(409);
        assertThat(result.problem()).isEqualTo("urn:trekpoint:problem:job-failed");
    }
}
