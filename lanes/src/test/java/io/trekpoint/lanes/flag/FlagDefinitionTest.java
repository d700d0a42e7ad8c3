package io.trekpoint.lanes.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.flag.FlagAnswer.ErrorCode;
import io.trekpoint.lanes.flag.FlagAnswer.Reason;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.flag.rule.Evaluators;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a definition answers, outcome by outcome, and what makes it none. */
class FlagDefinitionTest {
    private static final String COLOURS =
            "{'state':'ENABLED','variants':{'red':'#F00','blue':'#00F','true':'#FFF','1':'#111'},"
                    + "'defaultVariant':'red','targeting':%s}";

    static JsonNode json(String quoted) {
        try {
            return new ObjectMapper().readTree(quoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(quoted, e);
        }
    }

    static EvaluationContext context(String quoted) {
        return EvaluationContext.of((ObjectNode) json(quoted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "{}|{}|red|STATIC",
                "{'if':[true,'blue']}|{}|blue|TARGETING_MATCH",
                "{'if':[{'var':'a'},'blue',null]}|{}|red|DEFAULT",
                "{'if':[{'var':'a'},'blue']}|{}|red|DEFAULT",
                "{'if':[{'var':'a'},'blue']}|{'a':1}|blue|TARGETING_MATCH",
                "{'var':'c'}|{'c':'blue'}|blue|TARGETING_MATCH",
                "{'==':[1,1]}|{}|true|TARGETING_MATCH",
                "{'+':[1,0]}|{}|1|TARGETING_MATCH",
                "{'fractional':[['blue',1]]}|{'targetingKey':'k'}|blue|TARGETING_MATCH",
                "{'fractional':[['blue',1]]}|{}|red|DEFAULT",
                "{'sem_ver':[{'var':'v'},'=','1.0.0']}|{'v':'x'}|red|DEFAULT",
                "{'if':[{'var':'$flagd.flagKey'},{'var':'c'},null]}|{'c':'blue'}|blue|TARGETING_MATCH"
            })
    void answersTheVariantItsTargetingNames(
            String targeting, String data, String variant, Reason reason) {
        FlagAnswer answer = evaluate(COLOURS.formatted(targeting), data);
        assertThat(answer.variant()).isEqualTo(variant);
        assertThat(answer.value())
                .isEqualTo(json(COLOURS.formatted("{}")).at("/variants/" + variant));
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.errorCode()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'if':[true,'green']}|{}|GENERAL",
                "{'if':[true,'']}|{}|GENERAL",
                "{'==':[1,2]}|{}|GENERAL",
                "{'merge':['red']}|{}|GENERAL",
                "{'var':''}|{'red':1}|GENERAL",
                "{'var':'c'}|{'c':'green'}|GENERAL",
                "{'/':[1,0]}|{}|GENERAL"
            })
    void answersAnErrorForAVariantItDoesNotHave(String targeting, String data, ErrorCode code) {
        FlagAnswer answer = evaluate(COLOURS.formatted(targeting), data);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.errorDetails()).isNotBlank();
        assertThat(answer.reason()).isEqualTo(Reason.ERROR);
        assertThat(answer.value()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'nonsense':[1]}|definition.targeting.nonsense",
                "{'if':[{'$ref':'unknown'},'red','blue']}|definition.targeting.if[0].$ref",
                "{'in':['a',[{'nonsense':1}]]}|definition.targeting.in[1][0].nonsense"
            })
    void answersAParseErrorForWhatCannotBeEvaluated(String targeting, String path) {
        FlagAnswer answer =
                FlagDefinition.read("f", json(COLOURS.formatted(targeting)))
                        .evaluate(EvaluationContext.EMPTY);
        assertThat(answer.errorCode()).isEqualTo(ErrorCode.PARSE_ERROR);
        assertThat(answer.errorDetails()).startsWith(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'sem_ver':[{'var':'v'},'===','1.0.0']}|red|DEFAULT",
                "{'starts_with':['abc']}|red|DEFAULT",
                "{'fractional':[{'var':'k'},['red',-50],['blue',100]]}|blue|TARGETING_MATCH",
                "{'if':[{'sem_ver':['1.0.0','=','v1.0.0']},'blue']}|blue|TARGETING_MATCH",
                "{'$ref':'unknown','x':1}|-|ERROR"
            })
    void evaluatesWhatTheSchemaWouldNotHave(String targeting, String variant, Reason reason) {
        FlagAnswer answer =
                FlagDefinition.read("f", json(COLOURS.formatted(targeting)))
                        .evaluate(context("{'k':'ejOoVL'}"));
        assertThat(String.valueOf(answer.variant()))
                .isEqualTo(variant.equals("-") ? "null" : variant);
        assertThat(answer.reason()).isEqualTo(reason);
    }

    @Test
    void answersAnErrorWhereItsTargetingTakesTooMuchWork() {
        ObjectNode data = (ObjectNode) json("{}");
        for (int i = 0; i < 1_000; i++) {
            data.withArray("/l").add(i);
        }
        FlagAnswer tooMuch =
                parse(
                                COLOURS.formatted(
                                        "{'reduce':[{'var':'l'},{'cat':[{'var':'accumulator'},{'var':'accumulator'}]},'x']}"))
                        .evaluate(EvaluationContext.of(data));
        assertThat(tooMuch.errorCode()).isEqualTo(ErrorCode.GENERAL);
        assertThat(tooMuch.errorDetails()).contains("steps");
    }

    @Test
    void leavesItToTheCodeDefaultWithoutADefaultVariant() {
        String without = COLOURS.replace("'defaultVariant':'red',", "");
        FlagAnswer noTargeting = evaluate(without.formatted("{}"), "{}");
        assertThat(noTargeting.value()).isNull();
        assertThat(noTargeting.variant()).isNull();
        assertThat(noTargeting.reason()).isEqualTo(Reason.DEFAULT);
        FlagAnswer noMatch = evaluate(without.formatted("{'if':[{'var':'a'},'red']}"), "{}");
        assertThat(noMatch.value()).isNull();
        assertThat(noMatch.reason()).isEqualTo(Reason.DEFAULT);
    }

    @Test
    void isNotTargetedWhileItIsSwitchedOff() {
        FlagAnswer answer =
                evaluate(
                        COLOURS.formatted("{'if':[true,'blue']}").replace("ENABLED", "DISABLED"),
                        "{}");
        assertThat(answer.value()).isNull();
        assertThat(answer.reason()).isEqualTo(Reason.DISABLED);
    }

    @Test
    void keepsTheNumbersItIsGiven() {
        String numbers =
                "{'state':'ENABLED','variants':{'whole':10.0,'large':9007199254740991},"
                        + "'defaultVariant':'%s'}";
        assertThat(String.valueOf(evaluate(numbers.formatted("whole"), "{}").value()))
                .isEqualTo("10.0");
        assertThat(String.valueOf(evaluate(numbers.formatted("large"), "{}").value()))
                .isEqualTo("9007199254740991");
    }

    @Test
    void takesSharedRulesAsTheyComeAndGo() {
        FlagDefinition definition =
                FlagDefinition.read("f", json(COLOURS.formatted("{'if':[{'$ref':'r'},'blue']}")));
        assertThat(definition.references()).containsExactly("r");
        assertThat(definition.evaluate(EvaluationContext.EMPTY).errorCode())
                .isEqualTo(ErrorCode.PARSE_ERROR);
        Evaluators shared = Evaluators.of(Map.of("r", json("{'==':[1,1]}")));
        FlagDefinition linked = definition.linkedTo(shared);
        assertThat(linked.evaluate(EvaluationContext.EMPTY).variant()).isEqualTo("blue");
        assertThat(linked.linkedTo(Evaluators.NONE).evaluate(EvaluationContext.EMPTY).errorCode())
                .isEqualTo(ErrorCode.PARSE_ERROR);
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOf() {
        ObjectNode source = (ObjectNode) json(COLOURS.formatted("{'if':[true,'blue']}"));
        FlagDefinition definition = FlagDefinition.parse("f", source);
        ((ObjectNode) source.get("variants")).removeAll();
        ((ObjectNode) source.get("targeting")).removeAll();
        definition.json().removeAll();
        assertThat(definition.evaluate(EvaluationContext.EMPTY).variant()).isEqualTo("blue");
    }

    @ParameterizedTest
    @CsvSource({"BOOLEAN, TYPE_MISMATCH", "NUMBER, TYPE_MISMATCH", "OBJECT, TYPE_MISMATCH"})
    void isNoAnswerToWhoWantsAnotherType(FlagType type, ErrorCode code) {
        FlagAnswer answer = evaluate(COLOURS.formatted("{}"), "{}");
        assertThat(answer.expecting(type).errorCode()).isEqualTo(code);
        assertThat(answer.expecting(type).value()).isNull();
        assertThat(answer.expecting(FlagType.STRING)).isSameAs(answer);
    }

    @Test
    void refusesADefinitionThatIsTooLarge() {
        InvalidFlagException refused =
                catchThrowableOfType(
                        InvalidFlagException.class,
                        () -> parse(COLOURS.formatted("{'cat':['" + "x".repeat(140_000) + "']}")));
        assertThat(refused.field()).isEqualTo("definition");
    }

    private static FlagDefinition parse(String definition) {
        return FlagDefinition.parse("f", json(definition));
    }

    private static FlagAnswer evaluate(String definition, String data) {
        return parse(definition).evaluate(context(data));
    }
}
