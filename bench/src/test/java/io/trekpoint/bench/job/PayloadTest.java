package io.trekpoint.bench.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadTest {
    @Test
    void isAKibibyteOfATrackAndTheSameEachTime() {
        assertThat(Payload.text())
                .startsWith("<trkpt lat=\"46.5")
                .contains("</trkpt>\n<trkpt ")
                .isEqualTo(Payload.text());
        assertThat(Payload.text().getBytes(StandardCharsets.UTF_8)).hasSize(1024);
    }
}
