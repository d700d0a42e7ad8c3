package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTimeTest {
    @Property
    void readsWhatAnInstantWrites(
            @ForAll @LongRange(min = -62167219200L, max = 253402300799L) long second,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nanos) {
        Instant time = Instant.ofEpochSecond(second, nanos);

        assertThat(StoredTime.read(time.toString())).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.1Z",
                "2026-01-02T03:04:05.123456789Z",
                "2026-01-02T03:04:05+01:00",
                "+12026-01-02T03:04:05Z"
            })
    void readsAsTheFormatterDoes(String text) {
        assertThat(StoredTime.read(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "now",
                "2026-01-02",
                "2026-13-02T03:04:05Z",
                "2026-02-30T03:04:05Z",
                "2026-01-02T03:04:05.xZ",
                "2026-01-02T03:04:05.1234567890Z",
                "2026-01-02T03:04:05"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> StoredTime.read(text)).isInstanceOf(DateTimeException.class);
    }
}
