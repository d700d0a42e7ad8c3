package io.trekpoint.api.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=2-5, 2, 5",
        "bytes=2-, 2, 9",
        "bytes=2-99, 2, 9",
        "bytes=-3, 7, 9",
        "bytes=-99, 0, 9",
        "bytes=9-9, 9, 9"
    })
    void findsTheBytesAskedFor(String header, long first, long last) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=999999999999999999-"})
    void knowsWhatIsBeyondTheEnd(String header) {
        assertThat(ByteRange.of(header, 10)).isInstanceOf(ByteRange.Unsatisfiable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=-",
                "bytes=5-2",
                "bytes=0-1,4-5",
                "lines=0-1",
                "bytes=a-b",
                "bytes=9999999999999999999-"
            })
    void servesTheWholeForWhatIsNoSingleRange(String header) {
        assertThat(ByteRange.of(header, 10)).isInstanceOf(ByteRange.Whole.class);
    }

    @Test
    void readsNothingButThePart() throws IOException {
        byte[] whole = "0123456789".getBytes(UTF_8);
        ByteRange.Part part = new ByteRange.Part(3, 6);
        assertThat(new PartialInput(new ByteArrayInputStream(whole), part).readAllBytes())
                .isEqualTo("3456".getBytes(UTF_8));
        assertThat(new PartialInput(new ByteArrayInputStream(whole), part).read()).isEqualTo('3');
    }
}
