package io.trekpoint.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "16, 8"})
    void sharesTheProcessorsAmongCarriersAndEventLoops(int processors, int half) {
        assertThat(Gateway.half(processors)).isEqualTo(half);
    }
}
