package io.trekpoint.lanes.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.flag.rule.InvalidRuleException;
import io.trekpoint.lanes.flag.rule.RuleSchema;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What flagd's own fixtures say is right is taken, and what they say is wrong is refused. */
class FlagFixturesTest {
    @TestFactory
    Stream<DynamicTest> takesEveryPositiveDocument() {
        return each(
                "test/flags/positive",
                9,
                json -> {
                    FlagdDocument document = FlagdDocument.parse(json);
                    assertThat(document.flags()).isNotEmpty();
                    document.flags()
                            .values()
                            .forEach(flag ->
                                    assertThat(flag.evaluate(EvaluationContext.EMPTY).errorCode())
                                            .isNull());
                });
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryNegativeDocument() {
        return each(
                "test/flags/negative",
                9,
                json -> {
                    InvalidFlagException refused =
                            catchThrowableOfType(
                                    InvalidFlagException.class, () -> FlagdDocument.parse(json));
                    assertThat(refused).isNotNull();
                    assertThat(refused.field()).isNotBlank();
                });
    }

    @TestFactory
    Stream<DynamicTest> takesEveryPositiveTargeting() {
        return each(
                "test/targeting/positive",
                7,
                json ->
                        assertThatCode(() -> RuleSchema.check(json, "targeting"))
                                .doesNotThrowAnyException());
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryNegativeTargeting() {
        return each(
                "test/targeting/negative",
                9,
                json -> {
                    InvalidRuleException refused =
                            catchThrowableOfType(
                                    InvalidRuleException.class,
                                    () -> RuleSchema.check(json, "targeting"));
                    assertThat(refused).isNotNull();
                    assertThat(refused.path()).startsWith("targeting.");
                });
    }

    @Test
    void answersTheExampleAsItSays() {
        FlagdDocument document =
                FlagdDocument.parse(FlagFixtures.json("test/flags/positive/example.flagd.json"));
        FlagDefinition color = document.flags().get("isColorYellow");
        assertThat(color).isNotNull();
        assertThat(color.evaluate(FlagDefinitionTest.context("{'color':'yellow'}")).variant())
                .isEqualTo("on");
        assertThat(color.evaluate(FlagDefinitionTest.context("{'color':'red'}")).variant())
                .isEqualTo("off");
        FlagDefinition fib = document.flags().get("fibAlgo");
        assertThat(fib).isNotNull();
        assertThat(fib.evaluate(FlagDefinitionTest.context("{'email':'a@faas.com'}")).variant())
                .isEqualTo("binet");
        assertThat(fib.evaluate(EvaluationContext.EMPTY).variant()).isEqualTo("recursive");
    }

    /** One test for each fixture; a directory that has lost some fails. */
    private static Stream<DynamicTest> each(String directory, int count, Check check) {
        List<String> names = FlagFixtures.names(directory);
        assertThat(names).hasSizeGreaterThanOrEqualTo(count);
        return names.stream()
                .map(name ->
                        DynamicTest.dynamicTest(name, () -> check.accept(FlagFixtures.json(name))));
    }

    private interface Check {
        void accept(JsonNode json);
    }
}
