package io.trekpoint.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "16, 8"})
    void leavesHalfOfTheProcessorsToEventLoops(int processors, int carriers) {
        assertThat(Gateway.carriers(processors)).isEqualTo(carriers);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "3, 3", "16, 16"})
    void hasAnEventLoopForEachProcessor(int processors, int loops) {
        assertThat(Gateway.eventLoops(processors)).isEqualTo(loops);
    }
}
