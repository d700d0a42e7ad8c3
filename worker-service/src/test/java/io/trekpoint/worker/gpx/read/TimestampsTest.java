package io.trekpoint.worker.gpx.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.worker.gpx.document.Points;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private final Timestamps timestamps = new Timestamps();

    @Test
    void agreesWithJavaTimeOnEveryZonedTime() {
        var random = new Random(20261122);
        long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("9998-12-31T23:59:59Z").toEpochMilli();
        for (int i = 0; i < 100_000; i++) {
            long millis = random.nextLong(first, last);
            var offset = ZoneOffset.ofTotalSeconds(random.nextInt(-1080, 1081) * 60);
            String text = Instant.ofEpochMilli(millis).atOffset(offset).toString();
            if (OffsetDateTime.parse(text).getYear() > 0 && text.length() > 22) {
                assertThat(parse(text)).as(text).isEqualTo(millis);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2017-07-29T14:46:35.000Z, 2017-07-29T14:46:35Z",
        "2017-07-29t14:46:35z, 2017-07-29T14:46:35Z",
        "2017-07-29 14:46:35Z, 2017-07-29T14:46:35Z",
        "2017-07-29T14:46:35.123456789Z, 2017-07-29T14:46:35.123Z",
        "2017-07-29T14:46:35+0130, 2017-07-29T13:16:35Z",
        "2017-07-29T14:46:35-02, 2017-07-29T16:46:35Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "2016-12-31T24:00:00Z, 2017-01-01T00:00:00Z",
        "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z"
    })
    void readsWhatProgramsWrite(String text, Instant expected) {
        assertThat(parse(text)).isEqualTo(expected.toEpochMilli());
        assertThat(timestamps.zoned()).isTrue();
    }

    @Test
    void takesATimeWithoutZoneAsUtcAndSaysSo() {
        assertThat(parse("2021-10-10T09:55:20.952"))
                .isEqualTo(Instant.parse("2021-10-10T09:55:20.952Z").toEpochMilli());
        assertThat(timestamps.zoned()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2017",
                "2017-07-29",
                "2017-13-01T00:00:00Z",
                "2017-00-01T00:00:00Z",
                "2017-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2017-07-29T25:00:00Z",
                "2017-07-29T24:00:01Z",
                "2017-07-29T14:60:00Z",
                "2017-07-29T14:46:61Z",
                "2017-07-29T14:46:35.Z",
                "2017-07-29T14:46:35+19:00",
                "2017-07-29T14:46:35+01:0",
                "2017-07-29T14:46:35Zx",
                "12017-07-29T14:46:35Z",
                "2017/07/29T14:46:35Z",
                "0000-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "yesterday, at about 5 pm"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(parse(text)).isEqualTo(Points.NO_TIME);
    }

    private long parse(String text) {
        var padded = ("0" + text + "0").toCharArray();
        return timestamps.parse(padded, 1, padded.length - 1);
    }
}
