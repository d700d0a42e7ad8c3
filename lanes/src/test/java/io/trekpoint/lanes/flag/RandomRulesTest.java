package io.trekpoint.lanes.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.flag.rule.RandomRules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every rule and every context. */
class RandomRulesTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.EPOCH);
    private static final Evaluators SHARED =
            Evaluators.of(Map.of("r", FlagDefinitionTest.json("{'==':[{'var':'a'},1]}")));

    @Property(tries = 3_000)
    void alwaysAnswersAndAlwaysTheSame(@ForAll long seed) {
        RandomRules rules = new RandomRules(seed);
        FlagDefinition flag = FlagDefinition.read("f", definition(rules.rule())).linkedTo(SHARED);
        EvaluationContext context = EvaluationContext.of(rules.context()).at(NOW);
        FlagAnswer answer = flag.evaluate(context);
        assertThat(flag.evaluate(context)).isEqualTo(answer);
        assertThat(answer.errorCode() == null)
                .isEqualTo(answer.reason() != FlagAnswer.Reason.ERROR);
        assertThat(answer.variant() == null).isEqualTo(answer.value() == null);
    }

    @Property(tries = 3_000)
    void leavesTheContextAsItIs(@ForAll long seed) {
        RandomRules rules = new RandomRules(seed);
        FlagDefinition flag = FlagDefinition.read("f", definition(rules.rule())).linkedTo(SHARED);
        ObjectNode context = rules.context();
        ObjectNode before = context.deepCopy();
        flag.evaluate(EvaluationContext.of(context));
        assertThat(context).isEqualTo(before);
    }

    @Property(tries = 3_000)
    void isTakenOrRefusedForAReason(@ForAll long seed) {
        ObjectNode definition = definition(new RandomRules(seed).rule());
        Throwable refused = catchThrowable(() -> FlagDefinition.parse("f", definition, SHARED));
        if (refused == null) {
            FlagDefinition read = FlagDefinition.read("f", definition).linkedTo(SHARED);
            assertThat(read.evaluate(EvaluationContext.EMPTY).errorCode())
                    .isNotEqualTo(FlagAnswer.ErrorCode.PARSE_ERROR);
        } else {
            assertThat(refused).isInstanceOf(InvalidFlagException.class);
            assertThat(((InvalidFlagException) refused).field()).startsWith("definition.targeting");
        }
    }

    private static ObjectNode definition(JsonNode rule) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode().put("state", "ENABLED");
        definition.putObject("variants").put("on", true).put("off", false).put("true", true);
        definition.put("defaultVariant", "off").set("targeting", rule);
        return definition;
    }
}
