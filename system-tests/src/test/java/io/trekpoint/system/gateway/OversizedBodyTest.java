package io.trekpoint.system.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import io.trekpoint.system.product.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WholeProduct.class)
class OversizedBodyTest {
    private static final String TOO_LARGE = "urn:trekpoint:problem:body-too-large";

    @ParameterizedTest
    @ValueSource(longs = {WholeProduct.LARGEST_BODY + 1L, 1_000_000_000L, 100_000_000_000L})
    void isRefusedByItsLengthBeforeAnyOfItIsSent(long length, Product product) {
        try (Wire wire = new Wire(product.client("partner"), "Content-Length: " + length)) {
            String answer = wire.answer();

            assertThat(answer).startsWith("HTTP/1.1 413").contains(TOO_LARGE, "\"field\":\"body\"");
        }
    }

    @Test
    void isRefusedBeforeItIsAskedFor(Product product) {
        try (Wire wire =
                new Wire(
                        product.client("partner"),
                        "Content-Length: " + (WholeProduct.LARGEST_BODY + 1),
                        "Expect: 100-continue")) {
            assertThat(wire.answer()).startsWith("HTTP/1.1 413").contains(TOO_LARGE);
        }
    }

    @Test
    void endsItsConnection(Product product) {
        try (Wire wire =
                new Wire(
                        product.client("partner"),
                        "Content-Length: " + (WholeProduct.LARGEST_BODY + 1))) {
            wire.answer();

            assertThat(wire.hungUp()).isTrue();
        }
    }

    @Test
    void isRefusedWhileItComesInChunks(Product product) {
        try (Wire wire = new Wire(product.client("partner"), "Transfer-Encoding: chunked")) {
            wire.sendChunksUntilAnswered(16L * WholeProduct.LARGEST_BODY);

            assertThat(wire.answer()).startsWith("HTTP/1.1 413").contains(TOO_LARGE);
        }
    }

    @Test
    void isNotReadToItsEnd(Product product) {
        long most = 64L * WholeProduct.LARGEST_BODY;
        try (Wire wire = new Wire(product.client("partner"), "Transfer-Encoding: chunked")) {
            assertThat(wire.sendChunksUntilAnswered(most)).isLessThan(most / 4);
        }
    }

    @Test
    void leavesNothingBehind(Product product) {
        long jobs = product.jobKeys("j:*");
        long inputs = product.jobKeys("in:*");
        try (Wire wire = new Wire(product.client("partner"), "Transfer-Encoding: chunked")) {
            wire.sendChunksUntilAnswered(16L * WholeProduct.LARGEST_BODY);
            wire.answer();
        }

        assertThat(product.jobKeys("j:*")).isEqualTo(jobs);
        assertThat(product.jobKeys("in:*")).isEqualTo(inputs);
    }

    @Test
    void leavesNothingBehindWhereTheClientHangsUp(Product product) {
        long jobs = product.jobKeys("j:*");
        long inputs = product.jobKeys("in:*");
        try (Wire wire = new Wire(product.client("partner"), "Content-Length: 3000000")) {
            wire.send(Gpx.track(2_000_000));
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> product.jobKeys("in:*") == inputs);
        assertThat(product.jobKeys("j:*")).isEqualTo(jobs);
    }
}
