package io.trekpoint.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.api.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void readsAWaitAmongOtherPreferences() {
        assertThat(Preference.wait(List.of("respond-async, wait=7"), LONGEST))
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(Preference.wait(List.of("handling=lenient", "wait=3"), LONGEST))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void waitsNoLongerThanAllowed() {
        assertThat(Preference.wait(List.of("wait=999999"), LONGEST)).isEqualTo(LONGEST);
        assertThat(Preference.wait(List.of("wait=1234567890123"), LONGEST)).isEqualTo(LONGEST);
    }

    @Test
    void readsAWaitAsTheStandardLetsOneWriteIt() {
        for (String prefer : List.of("Wait=7", "wait=\"7\"", "wait = 7", "wait=007")) {
            assertThat(Preference.wait(List.of(prefer), LONGEST))
                    .as(prefer)
                    .isEqualTo(Duration.ofSeconds(7));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=-1",
                "wait=soon",
                "await=5",
                "wait=5s",
                "wait=\"5"
            })
    void ignoresAPreferenceItDoesNotUnderstand(String prefer) {
        assertThat(Preference.wait(List.of(prefer), LONGEST)).isZero();
    }

    @Test
    void readsAQuotedIdempotencyKey() {
        assertThat(IdempotencyKey.of("\"upload-7.a:b_c\"")).contains("upload-7.a:b_c");
        assertThat(IdempotencyKey.of(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bare", "\"\"", "\"open", "\"ä\"", "'single'"})
    void refusesAnIdempotencyKeyThatIsNotOfItsForm(String header) {
        assertThatThrownBy(() -> IdempotencyKey.of(header)).isInstanceOf(ProblemException.class);
    }

    @Test
    void carriesAValidTraceAlongAndDropsOthers() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assertThat(Traceparent.of(trace)).isEqualTo(trace);
        assertThat(Traceparent.of("00-xyz")).isEmpty();
        assertThat(Traceparent.of(null)).isEmpty();
    }

    @Test
    void stopsReadingABodyAtItsBound() throws IOException {
        BoundedInput exact = new BoundedInput(new ByteArrayInputStream(new byte[100]), 100);
        assertThat(exact.readAllBytes()).hasSize(100);
        BoundedInput tooMuch = new BoundedInput(new ByteArrayInputStream(new byte[101]), 100);
        assertThatThrownBy(tooMuch::readAllBytes).isInstanceOf(ProblemException.class);
    }
}
