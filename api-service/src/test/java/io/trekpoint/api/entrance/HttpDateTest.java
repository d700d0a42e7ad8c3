package io.trekpoint.api.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    private Instant now = Instant.parse("2026-05-04T06:30:00.999Z");
    private final HttpDate date = new HttpDate(() -> now);

    @Test
    void writesTheTimeAsHttpDoesAndOnceASecond() {
        String first = date.text();
        assertThat(first).isEqualTo("Mon, 04 May 2026 06:30:00 GMT");

        now = Instant.parse("2026-05-04T06:30:00Z");
        assertThat(date.text()).isSameAs(first);

        now = Instant.parse("2026-05-04T06:30:01Z");
        assertThat(date.text()).isEqualTo("Mon, 04 May 2026 06:30:01 GMT");
    }
}
