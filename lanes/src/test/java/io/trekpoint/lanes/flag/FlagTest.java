package io.trekpoint.lanes.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagTest {
    private static final String BOOLEAN =
            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'on'}";
    private static final String TEXT =
            "{'state':'ENABLED','variants':{'a':'A','b':'B'},'defaultVariant':'a'%s}";

    @Test
    void answersItsDefaultVariant() {
        FlagAnswer answer = flag(BOOLEAN).answer();
        assertThat(answer.asBoolean(false)).isTrue();
        assertThat(answer.variant()).isEqualTo("on");
        assertThat(answer.reason()).isEqualTo(FlagAnswer.Reason.STATIC);
    }

    @Test
    void leavesItToTheCodeDefaultWhereSwitchedOff() {
        FlagAnswer answer = flag(BOOLEAN.replace("ENABLED", "DISABLED")).answer();
        assertThat(answer.value()).isNull();
        assertThat(answer.reason()).isEqualTo(FlagAnswer.Reason.DISABLED);
        assertThat(answer.asBoolean(true)).isTrue();
        assertThat(answer.asBoolean(false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"'true'", "1", "0.5", "{}"})
    void leavesItToTheCodeDefaultWhereTheValueIsNotBoolean(String value) {
        Flag other =
                flag(
                        "{'state':'ENABLED','variants':{'a':%s},'defaultVariant':'a'}"
                                .formatted(value));
        assertThat(other.answer().asBoolean(true)).isTrue();
        assertThat(other.answer().asBoolean(false)).isFalse();
    }

    @Test
    void leavesItToTheCodeDefaultWithoutADefaultVariant() {
        FlagAnswer answer = flag(BOOLEAN.replace("'on'}", "null}")).answer();
        assertThat(answer.value()).isNull();
        assertThat(answer.reason()).isEqualTo(FlagAnswer.Reason.DEFAULT);
    }

    @Test
    void answersFalseOnceKilledAndWhatItDidOnceRestored() {
        Flag killed = flag(BOOLEAN).kill();
        assertThat(killed.answer().asBoolean(true)).isFalse();
        assertThat(killed.answer().variant()).isEqualTo("off");
        assertThat(killed.answer().reason()).isEqualTo(FlagAnswer.Reason.DISABLED);
        assertThat(killed.restore().answer().asBoolean(false)).isTrue();
    }

    @Test
    void answersFalseOnceKilledEvenWithoutAFalseVariant() {
        Flag onlyOn = flag("{'state':'ENABLED','variants':{'on':true}}");
        assertThat(onlyOn.kill().answer().asBoolean(true)).isFalse();
        assertThat(onlyOn.kill().answer().variant()).isNull();
    }

    @Test
    void answersTheVariantItNamesForAKill() {
        Flag named = flag(TEXT.formatted(",'metadata':{'trek.killVariant':'b'}"));
        assertThat(named.kill().answer().value().asText()).isEqualTo("B");
        assertThat(named.kill().answer().variant()).isEqualTo("b");
    }

    @Test
    void cannotBeKilledWithoutAnAnswer() {
        InvalidFlagException refused =
                catchThrowableOfType(
                        InvalidFlagException.class, () -> flag(TEXT.formatted("")).kill());
        assertThat(refused.field()).isEqualTo("definition.metadata.trek.killVariant");
    }

    @Test
    void staysKilledWhenRedefined() {
        Flag killed = flag(BOOLEAN).kill();
        assertThat(killed.redefined(flag(BOOLEAN).definition()).killed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]|definition",
                "{'variants':{'on':true}}|definition.state",
                "{'state':'on','variants':{'on':true}}|definition.state",
                "{'state':'ENABLED'}|definition.variants",
                "{'state':'ENABLED','variants':{}}|definition.variants",
                "{'state':'ENABLED','variants':{'on':true,'off':'no'}}|definition.variants.off",
                "{'state':'ENABLED','variants':{'on':null}}|definition.variants.on",
                "{'state':'ENABLED','variants':{'a':1e400}}|definition.variants.a",
                "{'state':'ENABLED','variants':{'a':{'b':[-1e400]}}}|definition.variants.a.b",
                "{'state':'ENABLED','variants':{'a':1},'metadata':{'m':1e400}}|definition.metadata.m",
                "{'state':'ENABLED','variants':{'on':[1]}}|definition.variants.on",
                "{'state':'ENABLED','variants':{'on':true},'defaultVariant':'of'}|definition.defaultVariant",
                "{'state':'ENABLED','variants':{'on':true},'defaultVariant':1}|definition.defaultVariant",
                "{'state':'ENABLED','variants':{'on':true},'targeting':{'if':[]}}|definition.targeting.if",
                "{'state':'ENABLED','variants':{'on':true},'targeting':null}|definition.targeting",
                "{'state':'ENABLED','variants':{'on':true},'defaultVarient':'on'}|definition.defaultVarient",
                "{'state':'ENABLED','variants':{'on':true},'metadata':{'a':{}}}|definition.metadata.a",
                "{'state':'ENABLED','variants':{'on':true},'metadata':{'trek.killVariant':'x'}}|definition.metadata.trek.killVariant"
            })
    void namesTheFieldThatIsWrong(String definition, String field) {
        InvalidFlagException refused =
                catchThrowableOfType(InvalidFlagException.class, () -> flag(definition));
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.rule()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"''", "a/b", "a b", "ä"})
    void refusesAKeyOfOtherCharacters(String key) {
        InvalidFlagException refused =
                catchThrowableOfType(
                        InvalidFlagException.class,
                        () -> FlagDefinition.parse(key, flag(BOOLEAN).definition().json()));
        assertThat(refused.field()).isEqualTo("key");
    }

    private static Flag flag(String definition) {
        try {
            return Flag.of(
                    FlagDefinition.parse(
                            "a.flag", new ObjectMapper().readTree(definition.replace('\'', '"'))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
