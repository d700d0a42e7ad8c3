package io.trekpoint.lanes.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trekpoint.lanes.flag.FlagAnswer.Reason;
import io.trekpoint.lanes.flag.FlagTraits.OnUnavailable;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a definition says about its flag, and what follows from it. */
class FlagTraitsTest {
    private static final String BOOLEAN =
            "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'%s',"
                    + "'metadata':{%s}}";
    private static final String TEXT =
            "{'state':'ENABLED','variants':{'a':'A','b':'B'},'defaultVariant':'a','metadata':{%s}}";

    @Test
    void areReadFromMetadata() {
        FlagTraits traits =
                definition(
                                BOOLEAN.formatted(
                                        "on",
                                        "'trek.owner':'trails','trek.description':'d','trek.expires':'2027-01-31',"
                                                + "'trek.permanent':true,'trek.public':true,'trek.onUnavailable':'DISABLED',"
                                                + "'trek.killVariant':'off','other':1"))
                        .traits();
        assertThat(traits.owner()).contains("trails");
        assertThat(traits.description()).contains("d");
        assertThat(traits.expires()).contains(LocalDate.of(2027, 1, 31));
        assertThat(traits.permanent()).isTrue();
        assertThat(traits.visible()).isTrue();
        assertThat(traits.onUnavailable()).isEqualTo(OnUnavailable.DISABLED);
        assertThat(traits.killVariant()).contains("off");
    }

    @Test
    void areTheSaferOnesWhereNothingIsSaid() {
        FlagTraits traits = definition(BOOLEAN.formatted("on", "")).traits();
        assertThat(traits.onUnavailable()).isEqualTo(OnUnavailable.LAST_KNOWN);
        assertThat(traits.visible()).isFalse();
        assertThat(traits.permanent()).isFalse();
        assertThat(traits.expires()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'trek.onUnavailable':'OFF'|trek.onUnavailable",
                "'trek.onUnavailable':true|trek.onUnavailable",
                "'trek.owner':1|trek.owner",
                "'trek.expires':'soon'|trek.expires",
                "'trek.expires':'2027-02-30'|trek.expires",
                "'trek.permanent':'yes'|trek.permanent",
                "'trek.public':1|trek.public",
                "'trek.pubic':true|trek.pubic",
                "'trek.killVariant':'none'|trek.killVariant"
            })
    void areRefusedWhereTheyAreWrong(String metadata, String name) {
        InvalidFlagException refused =
                catchThrowableOfType(
                        InvalidFlagException.class,
                        () -> definition(BOOLEAN.formatted("on", metadata)));
        assertThat(refused.field()).isEqualTo("definition.metadata." + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'trek.onUnavailable':'ENABLED'|trek.onUnavailable",
                "'trek.onUnavailable':'DISABLED'|trek.onUnavailable"
            })
    void areRefusedWhereTheFlagHasNoSuchAnswer(String metadata, String name) {
        InvalidFlagException refused =
                catchThrowableOfType(
                        InvalidFlagException.class, () -> definition(TEXT.formatted(metadata)));
        assertThat(refused.field()).isEqualTo("definition.metadata." + name);
    }

    @ParameterizedTest
    @CsvSource({
        "on, ENABLED, true, STALE",
        "off, ENABLED, true, STALE",
        "on, DISABLED, false, STALE",
        "off, LAST_KNOWN, false, STATIC",
        "on, LAST_KNOWN, true, STATIC"
    })
    void sayWhatAFlagAnswersWhileNoSourceConfirmsIt(
            String defaultVariant, OnUnavailable said, boolean answer, Reason reason) {
        Flag flag = flag(defaultVariant, said);
        FlagAnswer stale = flag.evaluateStale(EvaluationContext.EMPTY);
        assertThat(stale.asBoolean(!answer)).isEqualTo(answer);
        assertThat(stale.variant()).isEqualTo(answer ? "on" : "off");
        assertThat(stale.reason()).isEqualTo(reason);
        assertThat(flag.answer().variant()).isEqualTo(defaultVariant);
    }

    @ParameterizedTest
    @CsvSource({"ENABLED", "DISABLED", "LAST_KNOWN"})
    void neverReviveWhatIsKilled(OnUnavailable said) {
        FlagAnswer answer = flag("on", said).kill().evaluateStale(EvaluationContext.EMPTY);
        assertThat(answer.asBoolean(true)).isFalse();
        assertThat(answer.reason()).isEqualTo(Reason.DISABLED);
    }

    @Test
    void killInSpiteOfTargeting() {
        String targeted =
                "{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off',"
                        + "'targeting':{'if':[true,'on']}}";
        Flag flag = Flag.of(definition(targeted));
        assertThat(flag.answer().asBoolean(false)).isTrue();
        assertThat(flag.kill().answer().asBoolean(true)).isFalse();
        assertThat(flag.kill().restore().answer().asBoolean(false)).isTrue();
    }

    @Test
    void killEvenWhatCannotBeEvaluatedOrIsSwitchedOff() {
        String broken =
                "{'state':'%s','variants':{'on':true,'off':false},'targeting':{'nonsense':1}}";
        for (String state : new String[] {"ENABLED", "DISABLED"}) {
            Flag flag =
                    Flag.of(
                            FlagDefinition.read(
                                    "f", FlagDefinitionTest.json(broken.formatted(state))));
            assertThat(flag.kill().answer().asBoolean(true)).isFalse();
        }
    }

    @Test
    void keepAFlagOfTheCodesOwnFromStayingOnOnceKilled() {
        String on = BOOLEAN.formatted("on", "'trek.killVariant':'on'");
        FlagDefinition own = FlagDefinition.parse("gpx.export", FlagDefinitionTest.json(on));
        InvalidFlagException refused =
                catchThrowableOfType(
                        InvalidFlagException.class, () -> FlagKey.checkDefinition(own));
        assertThat(refused.field()).isEqualTo("definition.metadata.trek.killVariant");
        FlagKey.checkDefinition(definition(on));
    }

    private static Flag flag(String defaultVariant, OnUnavailable said) {
        return Flag.of(
                definition(
                        BOOLEAN.formatted(defaultVariant, "'trek.onUnavailable':'" + said + "'")));
    }

    private static FlagDefinition definition(String quoted) {
        return FlagDefinition.parse("f", FlagDefinitionTest.json(quoted));
    }
}
