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

    /** None is defined, so each is passed over, as RFC 9651 asks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ";x=1",
                ";x",
                ";  x;y=?0;*z=tok/en:1",
                ";x=-12.345;y=999999999999999",
                ";a-b_c.d*=\"q\\\"; y\\\\\"",
                ";x=:aGk=:;y=::",
                ";at=@1659578233",
                ";name=%\"f%c3%bc r\"",
                " ",
            })
    void passesParametersOver(String parameters) {
        assertThat(IdempotencyKey.of("\"a;b\"" + parameters)).contains("a;b");
    }

    @Test
    void takesParametersOfAnyLengthThatAHeadMayHave() {
        assertThat(IdempotencyKey.of("\"a\";x=\"" + "\\\\".repeat(7_000) + "\"")).contains("a");
        assertThat(IdempotencyKey.of("\"a\"" + ";x".repeat(7_000))).contains("a");
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
                "\"a\" ;x",
                "\"a\";",
                "\"a\";X=1",
                "\"a\";x=",
                "\"a\";x =1",
                "\"a\";x=1.2345",
                "\"a\";x=1234567890123456",
                "\"a\";x=?2",
                "\"a\";x=\"b",
                "\"a\";x=:a b:",
                "\"a\";x=1, \"b\"",
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
