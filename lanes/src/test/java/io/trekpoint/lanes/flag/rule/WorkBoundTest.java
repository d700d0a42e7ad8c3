package io.trekpoint.lanes.flag.rule;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No rule holds a service up, whatever it says and whatever it is given. */
class WorkBoundTest {
    private static final Duration GENEROUS = Duration.ofSeconds(5);
    private static final int MANY = 2_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'map':[{'var':'l'},{'map':[{'var':'m'},1]}]}",
                "{'all':[{'var':'l'},{'none':[{'var':'m'},{'==':[{'var':'x'},'y']}]}]}",
                "{'reduce':[{'var':'l'},{'cat':[{'var':'accumulator'},{'var':'accumulator'}]},'x']}",
                "{'reduce':[{'var':'l'},{'merge':[{'var':'accumulator'},{'var':'accumulator'}]},[1]]}",
                "{'cat':[{'reduce':[{'var':'l'},[{'var':'accumulator'}],1]}]}",
                "{'==':[{'reduce':[{'var':'l'},[{'var':'accumulator'}],1]},1]}",
                "{'map':[{'var':'l'},{'cat':[{'var':'m'}]}]}",
                "{'map':[{'var':'l'},{'in':['x',{'var':'m'}]}]}",
                "{'map':[{'var':'l'},{'in':[{'var':'t'},{'var':'s'}]}]}",
                "{'map':[{'var':'l'},{'missing':[{'var':'m'}]}]}"
            })
    void givesUpOnARuleThatTakesTooMuch(String text) {
        EvaluationContext context = large();
        JsonNode rule = Rules.quoted(text);
        assertTimeoutPreemptively(
                GENEROUS,
                () ->
                        assertThatThrownBy(() -> Rules.evaluate(rule, context))
                                .isInstanceOf(WorkExceededException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"==", "<", "-", "+", "max"})
    void countsWhatItCostsToReadALongTextAsANumber(String operator) {
        EvaluationContext context =
                EvaluationContext.of(
                        JsonNodeFactory.instance.objectNode().put("x", "1".repeat(120_000)));
        String each = "{'%s':[{'var':'x'},1]}".formatted(operator);
        JsonNode rule = Rules.quoted("{'cat':[%s]}".formatted(String.join(",", nCopies(50, each))));
        assertThatThrownBy(() -> Rules.evaluate(rule, context))
                .isInstanceOf(WorkExceededException.class);
    }

    @Test
    void sharesRulesRatherThanCopyingThem() {
        Map<String, JsonNode> doubling = new HashMap<>();
        doubling.put("e0", Rules.quoted("{'cat':['x',{'var':'a'}]}"));
        for (int i = 1; i < 60; i++) {
            String before = "{'$ref':'e%d'}".formatted(i - 1);
            doubling.put("e" + i, Rules.quoted("{'cat':[%s,%s]}".formatted(before, before)));
        }
        assertTimeoutPreemptively(
                GENEROUS,
                () -> {
                    Evaluators evaluators = Evaluators.of(doubling);
                    Rule rule =
                            RuleCompiler.compile(Rules.quoted("{'$ref':'e59'}"), "rule", evaluators)
                                    .rule();
                    Evaluation evaluation = new Evaluation(EvaluationContext.EMPTY, "f");
                    assertThatThrownBy(() -> rule.evaluate(evaluation))
                            .isInstanceOf(WorkExceededException.class);
                });
    }

    @Test
    void computesNothingLargeBeforehand() {
        Map<String, JsonNode> doubling = new HashMap<>();
        doubling.put("e0", Rules.quoted("{'cat':['0123456789','0123456789']}"));
        for (int i = 1; i < 60; i++) {
            String before = "{'$ref':'e%d'}".formatted(i - 1);
            doubling.put("e" + i, Rules.quoted("{'cat':[%s,%s]}".formatted(before, before)));
        }
        assertTimeoutPreemptively(GENEROUS, () -> Evaluators.of(doubling).check("$evaluators"));
    }

    @Test
    void refusesARuleThatIsNestedTooDeep() {
        JsonNode rule = nested(RuleCompiler.DEEPEST);
        assertThatThrownBy(() -> RuleCompiler.compile(rule, "rule", Evaluators.NONE))
                .isInstanceOfSatisfying(
                        InvalidRuleException.class,
                        e -> assertThat(e.rule()).contains("nested deeper than 200"));
    }

    @Test
    void refusesRulesThatAreDeepTogether() {
        Map<String, JsonNode> chain = new HashMap<>();
        chain.put("e0", nested(30));
        for (int i = 1; i < 10; i++) {
            chain.put("e" + i, Rules.quoted("{'!':[{'$ref':'e%d'}]}".formatted(i - 1)));
        }
        Evaluators.of(chain).check("$evaluators");
        chain.put("e10", wrapped(Rules.quoted("{'$ref':'e9'}"), 60));
        assertThatThrownBy(() -> Evaluators.of(chain).check("$evaluators"))
                .isInstanceOf(InvalidRuleException.class);
    }

    @Test
    void evaluatesTheDeepestRuleThereMayBe() {
        JsonNode rule = nested(RuleCompiler.DEEPEST / 2 - 2);
        assertThat(Rules.evaluate(rule, EvaluationContext.EMPTY)).isInstanceOf(Boolean.class);
    }

    private static JsonNode nested(int levels) {
        return wrapped(Rules.quoted("{'var':'a'}"), levels);
    }

    private static JsonNode wrapped(JsonNode inner, int levels) {
        JsonNode rule = inner;
        for (int i = 0; i < levels; i++) {
            ObjectNode outer = JsonNodeFactory.instance.objectNode();
            outer.putArray("!").add(rule);
            rule = outer;
        }
        return rule;
    }

    private static EvaluationContext large() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode list = data.putArray("l");
        for (int i = 0; i < MANY; i++) {
            ObjectNode element = list.addObject();
            ArrayNode inner = element.putArray("m");
            for (int j = 0; j < 200; j++) {
                inner.add("element");
            }
            element.put("t", "a".repeat(500) + "b");
            element.put("s", "a".repeat(1_000));
        }
        return EvaluationContext.of(data);
    }
}
