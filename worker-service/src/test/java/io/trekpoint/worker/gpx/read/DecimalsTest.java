package io.trekpoint.worker.gpx.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7",
                "-7",
                "+7",
                "47.5",
                ".5",
                "5.",
                "-0.000001",
                "1e3",
                "1.5E-5",
                "000012.500",
                "37.24173816852271556854248046875",
                "123456789012345678901234567890",
                "0.00000000000000000000000000000000001",
                "9007199254740993",
                "1.7976931348623157E308"
            })
    void readsTheNearestDouble(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void readsTheNearestDoubleOfAnyDigits() {
        var random = new Random(20261122);
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "-" : "");
            int whole = random.nextInt(1, 5);
            int fraction = random.nextInt(0, 25);
            for (int digit = 0; digit < whole + fraction; digit++) {
                if (digit == whole) {
                    text.append('.');
                }
                text.append((char) ('0' + random.nextInt(10)));
            }
            if (random.nextInt(4) == 0) {
                text.append('e').append(random.nextInt(-40, 40));
            }
            double expected = Double.parseDouble(text.toString()) + 0.0;
            assertThat(parse(text.toString())).as(text.toString()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "+.",
                "NaN",
                "Infinity",
                "-INF",
                "0x1p3",
                "47.0d",
                "47.0f",
                "1,5",
                "1.2.3",
                "1e",
                "1e+",
                "1e99999",
                "1e400",
                "--1",
                " 1",
                "1 ",
                "1_000",
                "\u0661"
            })
    void refusesWhatIsNoDecimal(String text) {
        assertThat(parse(text)).isNaN();
    }

    @Test
    void hasNoNegativeZero() {
        assertThat(1 / parse("-0.0")).isPositive();
        assertThat(1 / parse("-1e-999")).isPositive();
    }

    private static double parse(String text) {
        var padded = ("9" + text + "9").toCharArray();
        return Decimals.parse(padded, 1, padded.length - 1);
    }
}
