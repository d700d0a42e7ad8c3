package io.trekpoint.lanes.flag.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which rules may be written; the same as by the format's JSON Schema, but with a name for each.
 */
class RuleSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]|t|object",
                "'a'|t|object",
                "null|t|object",
                "{'nonsense':1}|t.nonsense|operator",
                "{'log':1}|t.log|operator",
                "{'?:':[1,2,3]}|t.?:|operator",
                "{'$ref':'a'}|t.$ref|operator",
                "{'==':[1,1],'!=':[1,1]}|t|one operator",
                "{'==':[1]}|t.==|2 operands",
                "{'==':1}|t.==|2 operands",
                "{'==':[1,2,3]}|t.==|2 operands",
                "{'<':[1,2,3,4]}|t.<|2 to 3 operands",
                "{'if':[]}|t.if|1 or more",
                "{'reduce':[1,2]}|t.reduce|3 operands",
                "{'*':[1]}|t.*|2 or more",
                "{'if':[{'==':[1,{'in':['a']}]},1]}|t.if[0].==[1].in|2 operands",
                "{'if':[{}]}|t.if[0]|rule",
                "{'if':[{'$ref':1}]}|t.if[0].$ref|name",
                "{'!':{'nonsense':1}}|t.!.nonsense|operator",
                "{'!':[{'nonsense':1}]}|t.![0].nonsense|operator",
                "{'var':'$flagd.invalid'}|t.var|$flagd.flagKey",
                "{'missing':'a'}|t.missing|names",
                "{'missing':['a',1]}|t.missing[1]|name",
                "{'missing_some':[1]}|t.missing_some|2 operands",
                "{'missing_some':['1',['a']]}|t.missing_some[0]|number",
                "{'missing_some':[1,[1]]}|t.missing_some[1][0]|name",
                "{'starts_with':['a']}|t.starts_with|2 operands",
                "{'starts_with':[{'var':'a'},0]}|t.starts_with[1]|text",
                "{'ends_with':[{'$ref':'a'},'b']}|t.ends_with[0].$ref|operator",
                "{'sem_ver':['1.0.0','=']}|t.sem_ver|3 operands",
                "{'sem_ver':['1.0.0','===','1.0.0']}|t.sem_ver[1]|one of",
                "{'sem_ver':['1.0.0',1,'1.0.0']}|t.sem_ver[1]|one of",
                "{'sem_ver':['1.0.0',null,'1.0.0']}|t.sem_ver[1]|one of",
                "{'sem_ver':['1.0.0',['='],'1.0.0']}|t.sem_ver[1]|one of",
                "{'sem_ver':['1.0','=','1.0.0']}|t.sem_ver[0]|version",
                "{'sem_ver':['1.0.0','=','v1.0.0']}|t.sem_ver[2]|version",
                "{'sem_ver':[1,'=','1.0.0']}|t.sem_ver[0]|version",
                "{'sem_ver':[{'cat':['1']},'=','1.0.0']}|t.sem_ver[0]|version",
                "{'fractional':[]}|t.fractional|1 or more",
                "{'fractional':['a',['b',1]]}|t.fractional[0]|rule",
                "{'fractional':[['a',1],'b']}|t.fractional[1]|variant",
                "{'fractional':[['a',1],[]]}|t.fractional[1]|variant",
                "{'fractional':[['a',1,2]]}|t.fractional[0]|variant",
                "{'fractional':[['a',1.5]]}|t.fractional[0][1]|whole",
                "{'fractional':[['a',-1]]}|t.fractional[0][1]|whole",
                "{'fractional':[['a','1']]}|t.fractional[0][1]|whole",
                "{'fractional':[['a',null]]}|t.fractional[0][1]|whole"
            })
    void namesWhatIsWrong(String rule, String path, String why) {
        InvalidRuleException refused =
                catchThrowableOfType(
                        InvalidRuleException.class,
                        () -> RuleSchema.check(Rules.quoted(rule), "t"));
        assertThat(refused).isNotNull();
        assertThat(refused.path()).isEqualTo(path);
        assertThat(refused.rule()).contains(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'var':'a'}",
                "{'var':['a',1]}",
                "{'var':'$flagd.timestamp'}",
                "{'var':{'var':'a'}}",
                "{'!':[]}",
                "{'!':[1,2]}",
                "{'if':[{'$ref':'a'}]}",
                "{'in':['a',[{'anything':1},[]]]}",
                "{'fractional':[{'var':'a'}]}",
                "{'fractional':[['a'],['b',{'var':'w'}]]}",
                "{'sem_ver':[{'var':'v'},'^','1.0.0-rc.1+build']}"
            })
    void allowsWhatTheFormatAllows(String rule) {
        RuleSchema.check(Rules.quoted(rule), "t");
    }

    @Test
    void namesTheOperatorsThereAre() {
        InvalidRuleException refused =
                catchThrowableOfType(
                        InvalidRuleException.class,
                        () -> RuleSchema.check(Rules.quoted("{'x':1}"), "t"));
        assertThat(refused.rule()).contains("fractional", "sem_ver", "missing_some", "reduce");
    }
}
