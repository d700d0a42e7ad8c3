package io.trekpoint.lanes.flag.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FractionalTest {
    @ParameterizedTest
    @CsvSource({
        "ejOoVL, 0",
        "bY9fO-, 1",
        "SI7p-, 2147483647",
        "6LvT0, 2147483648",
        "ceQdGm, 4294967295",
        "'', 0",
        "a, 1009084850",
        "ab, 2613040991",
        "abc, 3017643002",
        "abcd, 1139631978",
        "abcde, 3902511862"
    })
    void hashesAsMurmur3Does(String text, long hash) {
        assertThat(Murmur3.hash(text)).isEqualTo(hash);
    }

    @Test
    void hashesUtf8() {
        assertThat(Murmur3.hash("é")).isNotEqualTo(Murmur3.hash("e"));
        assertThat(Murmur3.hash("😀é漢")).isEqualTo(Murmur3.hash(new String("😀é漢".toCharArray())));
    }

    @ParameterizedTest
    @CsvSource({"25, 25, 50", "1, 9, 90", "333, 333, 334", "1, 0, 1"})
    void givesEachVariantItsPart(int a, int b, int c) {
        JsonNode rule =
                Rules.quoted(
                        "{'fractional':[{'var':'user'},['a',%d],['b',%d],['c',%d]]}"
                                .formatted(a, b, c));
        int users = 50_000;
        Map<Object, Integer> counts = new HashMap<>();
        for (int i = 0; i < users; i++) {
            EvaluationContext user = EvaluationContext.of(Map.of("user", "user-" + i));
            counts.merge(String.valueOf(Rules.evaluate(rule, user)), 1, Integer::sum);
        }
        double whole = a + b + c;
        assertThat(counts.getOrDefault("a", 0) / (double) users).isCloseTo(a / whole, within(0.01));
        assertThat(counts.getOrDefault("b", 0) / (double) users).isCloseTo(b / whole, within(0.01));
        assertThat(counts.getOrDefault("c", 0) / (double) users).isCloseTo(c / whole, within(0.01));
    }

    @Test
    void keepsWhoHadAVariantWhenItsPartGrows() {
        for (int i = 0; i < 2_000; i++) {
            EvaluationContext user = EvaluationContext.of(Map.of("user", "user-" + i));
            Object before = Rules.evaluate(split(10), user);
            Object after = Rules.evaluate(split(30), user);
            if ("on".equals(before)) {
                assertThat(after).isEqualTo("on");
            }
        }
    }

    @Test
    void splitsEachFlagAnew() {
        JsonNode rule = Rules.quoted("{'fractional':[['on',1],['off',1]]}");
        Rule compiled = RuleCompiler.compile(rule, "rule", Evaluators.NONE).rule();
        int same = 0;
        for (int i = 0; i < 2_000; i++) {
            EvaluationContext user = EvaluationContext.of(Map.of("targetingKey", "user-" + i));
            Object one = compiled.evaluate(new Evaluation(user, "one"));
            Object other = compiled.evaluate(new Evaluation(user, "other"));
            same += one != null && one.equals(other) ? 1 : 0;
        }
        assertThat(same).isBetween(850, 1_150);
    }

    private static JsonNode split(int on) {
        return Rules.quoted(
                "{'fractional':[{'var':'user'},['on',%d],['off',%d]]}".formatted(on, 100 - on));
    }
}
