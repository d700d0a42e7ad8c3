package io.trekpoint.lanes.flag.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorsTest {
    private static final JsonNode FAAS = Rules.quoted("{'in':['@faas.com',{'var':['email']}]}");

    @Test
    void standWhereTheyAreNamed() {
        Evaluators evaluators =
                Evaluators.of(Map.of("faas", FAAS, "not", Rules.quoted("{'!':[{'$ref':'faas'}]}")));
        JsonNode rule = Rules.quoted("{'if':[{'$ref':'not'},'out','in']}");
        Rule compiled = RuleCompiler.compile(rule, "rule", evaluators).rule();
        EvaluationContext inside = Rules.context("{\"email\":\"a@faas.com\"}");
        assertThat(compiled.evaluate(new Evaluation(inside, "f"))).isEqualTo("in");
        assertThat(compiled.evaluate(new Evaluation(EvaluationContext.EMPTY, "f")))
                .isEqualTo("out");
    }

    @Test
    void seeTheElementInHandWithinAList() {
        Evaluators evaluators = Evaluators.of(Map.of("faas", FAAS));
        JsonNode rule = Rules.quoted("{'some':[{'var':'users'},{'$ref':'faas'}]}");
        Rule compiled = RuleCompiler.compile(rule, "rule", evaluators).rule();
        EvaluationContext context =
                Rules.context("{\"users\":[{\"email\":\"b@x\"},{\"email\":\"a@faas.com\"}]}");
        assertThat(compiled.evaluate(new Evaluation(context, "f"))).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'$ref':'unknown'}|rule.$ref|there is no $evaluators.unknown",
                "{'if':[{'$ref':'unknown'},'a']}|rule.if[0].$ref|there is no $evaluators.unknown",
                "{'!':{'$ref':'circle'}}|rule.!.$ref|broken",
                "{'$ref':'broken'}|rule.$ref|broken",
                "{'$ref':1}|rule.$ref|name of a shared rule"
            })
    void areRefusedWhereTheyAreNamed(String rule, String path, String why) {
        Evaluators evaluators =
                Evaluators.of(
                        Map.of(
                                "circle", Rules.quoted("{'!':[{'$ref':'round'}]}"),
                                "round", Rules.quoted("{'!':[{'$ref':'circle'}]}"),
                                "broken", Rules.quoted("{'nonsense':[1]}")));
        InvalidRuleException refused =
                catchThrowableOfType(
                        InvalidRuleException.class,
                        () -> RuleCompiler.compile(Rules.quoted(rule), "rule", evaluators));
        assertThat(refused.path()).isEqualTo(path);
        assertThat(refused.rule()).contains(why);
    }

    @Test
    void tellWhatARuleRefersTo() {
        JsonNode rule = Rules.quoted("{'if':[{'$ref':'a'},[{'!':{'$ref':'b'}}],{'$ref':'a'}]}");
        assertThat(Evaluators.referencesOf(rule)).containsExactly("a", "b");
    }

    @Test
    void areCheckedOneByOne() {
        Evaluators evaluators =
                Evaluators.of(Map.of("good", FAAS, "bad", Rules.quoted("{'==':[1]}")));
        evaluators.check("good", "$evaluators.good");
        InvalidRuleException refused =
                catchThrowableOfType(
                        InvalidRuleException.class, () -> evaluators.check("$evaluators"));
        assertThat(refused.path()).isEqualTo("$evaluators.bad.==");
    }
}
