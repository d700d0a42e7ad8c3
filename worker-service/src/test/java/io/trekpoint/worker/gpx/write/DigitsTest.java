package io.trekpoint.worker.gpx.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-180, -180",
        "47.5, 47.5",
        "0.0000001, 0.0000001",
        "-0.25, -0.25",
        "14.0010001, 14.0010001",
        "1e-9, 0.000000001",
        "123456789012, 123456789012",
        "37.24173816852271556, 37.241738168522716",
        "1e22, 10000000000000000000000"
    })
    void writesTheShortestPlainDecimal(double value, String expected) {
        assertThat(decimal(value)).isEqualTo(expected);
    }

    @Test
    void writesWhatReadsBackAsTheSameNumber() {
        var random = new Random(20261122);
        for (int i = 0; i < 200_000; i++) {
            double exact = random.nextDouble(-180, 180);
            double rounded = Math.rint(exact * 1e7) / 1e7;
            assertThat(Double.parseDouble(decimal(exact))).isEqualTo(exact);
            assertThat(Double.parseDouble(decimal(rounded))).isEqualTo(rounded);
            assertThat(decimal(rounded).length()).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void writesTimesAsJavaTimeDoes() {
        var random = new Random(20261122);
        long first = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (int i = 0; i < 100_000; i++) {
            long time = random.nextLong(first, last + 1);
            assertThat(time(time)).isEqualTo(Instant.ofEpochMilli(time).toString());
            long second = Math.floorDiv(time, 1_000) * 1_000;
            assertThat(time(second)).isEqualTo(Instant.ofEpochMilli(second).toString());
        }
        assertThat(time(first)).isEqualTo("0000-01-01T00:00:00Z");
        assertThat(time(last)).isEqualTo("9999-12-31T23:59:59.999Z");
    }

    private static String decimal(double value) {
        var out = new char[Digits.MAX_LENGTH];
        return new String(out, 0, Digits.decimal(value, out, 0));
    }

    private static String time(long epochMillis) {
        var out = new char[Digits.MAX_LENGTH];
        return new String(out, 0, Digits.time(epochMillis, out, 0));
    }
}
