package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
    private static final int MANY = 20_000;

    @Test
    void readsWhatItWrites() {
        JobId id = JobId.random(2);
        assertThat(JobId.parse(id.text(), 3)).contains(id);
        assertThat(JobId.parse(id.text(), 2)).as("of a shard that is not there").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0-",
                "0-short",
                "00-ABCDEFGHIJKLMNOPQRST",
                "x-ABCDEFGHIJKLMNOPQRST",
                "0-ABCDEFGHIJKLMNOPQRS_",
                "0-ABCDEFGHIJKLMNOPQRSTU",
                "00000-ABCDEFGHIJKLMNOPQRST"
            })
    void readsNothingElse(String text) {
        assertThat(JobId.parse(text, 1)).isEmpty();
    }

    @Test
    void repeatsNone() {
        Set<String> texts =
                Stream.generate(JobId::randomText).limit(MANY).collect(Collectors.toSet());
        assertThat(texts).hasSize(MANY).allMatch(text -> text.matches("[0-9A-Za-z]{20}"));
    }

    @Test
    void drawsEveryCharacterAboutEquallyOften() {
        int[] times = new int[128];
        Stream.generate(JobId::randomText)
                .limit(MANY)
                .flatMapToInt(String::chars)
                .forEach(character -> times[character]++);
        double expected = MANY * 20 / 62.0;
        // Eight standard deviations: a fair draw does not miss it in the life of this test.
        double most = 8 * Math.sqrt(expected);
        assertThat(IntStream.range(0, 128).filter(Character::isLetterOrDigit))
                .hasSize(62)
                .allSatisfy(character ->
                        assertThat(Math.abs(times[character] - expected)).isLessThan(most));
    }
}
