package io.trekpoint.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.api.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @Test
    void readsAString() {
        assertThat(IdempotencyKey.of("\"walk 7/8\"")).contains("walk 7/8");
        assertThat(IdempotencyKey.of(" \"a\" ")).contains("a");
        assertThat(IdempotencyKey.of("\"a\\\"b\\\\c\"")).contains("a\"b\\c");
        assertThat(IdempotencyKey.of("\"" + "a".repeat(64) + "\"")).contains("a".repeat(64));
        assertThat(IdempotencyKey.of(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "walk-7",
                "",
                "\"\"",
                "\"a",
                "\"a\", \"b\"",
                "\"a\"\"b\"",
                "\"a\\b\"",
                "\"ü\"",
                "\"a\tb\"",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
            })
    void refusesWhatIsNoString(String header) {
        assertThatThrownBy(() -> IdempotencyKey.of(header))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().status()).isEqualTo(400);
                            assertThat(refused.problem().field()).isEqualTo("Idempotency-Key");
                            assertThat(refused.problem().rule()).isNotEmpty();
                        });
    }
}
