package io.trekpoint.lanes.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagdDocumentTest {
    private static final String FLAG = "{'state':'ENABLED','variants':{'on':true},'targeting':%s}";

    @Test
    void holdsFlagsSharedRulesAndMetadata() {
        FlagdDocument document =
                parse(
                        "{'$schema':'x','flags':{'a':%s},'$evaluators':{'r':{'==':[1,1]}},'metadata':{'flagSetId':'s','n':1}}"
                                .formatted(FLAG.formatted("{'if':[{'$ref':'r'},'on']}")));
        assertThat(document.flags()).containsOnlyKeys("a");
        assertThat(document.flags().get("a").evaluate(EvaluationContext.EMPTY).variant())
                .isEqualTo("on");
        assertThat(document.evaluators()).containsOnlyKeys("r");
        assertThat(document.metadata()).containsOnlyKeys("flagSetId", "n");
    }

    @Test
    void mayReferToRulesThatAreThereAlready() {
        JsonNode json =
                FlagDefinitionTest.json(
                        "{'flags':{'a':%s}}".formatted(FLAG.formatted("{'!':[{'$ref':'r'}]}")));
        FlagdDocument.parse(json, Map.of("r", FlagDefinitionTest.json("{'==':[1,1]}")));
        assertThat(refusal(json).field())
                .isEqualTo("flags.a.targeting.!.$ref".replace("!.", "![0]."));
    }

    @Test
    void takesAListOfFlagsFromWhatIsMeantForTheDaemon() {
        String list =
                "{'$schema':'%s','flags':[{'key':'a','state':'ENABLED','variants':{'on':true}}]}";
        assertThat(parse(list.formatted("https://flagd.dev/schema/v0/flagd.json")).flags())
                .containsOnlyKeys("a");
        assertThat(refusal(list.formatted("https://flagd.dev/schema/v0/flags.json")).field())
                .isEqualTo("flags");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]|document",
                "{}|flags",
                "{'flags':1}|flags",
                "{'flags':{'a':{}}}|flags.a.state",
                "{'flags':{'a/b':{'state':'ENABLED','variants':{'on':true}}}}|flags.a/b",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':1,'off':'x'}}}}|flags.a.variants.off",
                "{'flags':{'a':{'state':'ENABLED','variants':{'':true}}}}|flags.a.variants",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'targeting':[]}}}|flags.a.targeting",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'targeting':{'==':[1]}}}}|flags.a.targeting.==",
                "{'flags':{},'metadata':1}|metadata",
                "{'flags':{},'metadata':{'a':[]}}|metadata.a",
                "{'flags':{},'metadata':{'version':1}}|metadata.version",
                "{'flags':{},'metadata':{'trek.revision':999}}|metadata.trek.revision",
                "{'flags':{},'metadata':{'n':1e400}}|metadata.n",
                "{'flags':{},'$evaluators':[]}|$evaluators",
                "{'flags':{},'$evaluators':{'a':1}}|$evaluators.a",
                "{'flags':{},'$evaluators':{'a':{'nonsense':1}}}|$evaluators.a.nonsense",
                "{'flags':{},'$evaluators':{'a':{'!':[{'$ref':'a'}]}}}|$evaluators.a",
                "{'flags':{},'$evaluators':{'a':{'!':[{'$ref':'b'}]}}}|$evaluators.a",
                "{'flags':{},'$evaluators':{'a b':{'==':[1,1]}}}|$evaluators.a b",
                "{'$schema':'/flagd.json','flags':[{'state':'ENABLED'}]}|flags[0].key",
                "{'$schema':'/flagd.json','flags':[1]}|flags[0].key"
            })
    void namesTheFieldThatIsWrong(String document, String field) {
        assertThat(refusal(document).field()).isEqualTo(field);
    }

    @Test
    void refusesAFlagThatIsThereTwice() {
        String flag = "{'key':'a','state':'ENABLED','variants':{'on':true}}";
        assertThat(
                        refusal("{'$schema':'/flagd.json','flags':[%s,%s]}".formatted(flag, flag))
                                .field())
                .isEqualTo("flags[1].key");
    }

    @Test
    void checksOnePartOfAFlagSet() {
        Map<String, JsonNode> parts =
                Map.of(
                        FlagSetPart.METADATA,
                        FlagDefinitionTest.json("{'version':'1'}"),
                        FlagSetPart.evaluatorKey("r"),
                        FlagDefinitionTest.json("{'==':[1,1]}"),
                        FlagSetPart.evaluatorKey("bad"),
                        FlagDefinitionTest.json("{'==':[1]}"),
                        "$other",
                        FlagDefinitionTest.json("{}"));
        FlagSetPart.check(FlagSetPart.METADATA, parts);
        FlagSetPart.check(FlagSetPart.evaluatorKey("r"), parts);
        assertThat(partRefusal(FlagSetPart.evaluatorKey("bad"), parts))
                .isEqualTo("$evaluators.bad.==");
        assertThat(partRefusal("$other", parts)).isEqualTo("key");
    }

    private static String partRefusal(String key, Map<String, JsonNode> parts) {
        return catchThrowableOfType(InvalidFlagException.class, () -> FlagSetPart.check(key, parts))
                .field();
    }

    private static FlagdDocument parse(String quoted) {
        return FlagdDocument.parse(FlagDefinitionTest.json(quoted));
    }

    private static InvalidFlagException refusal(String quoted) {
        return refusal(FlagDefinitionTest.json(quoted));
    }

    private static InvalidFlagException refusal(JsonNode json) {
        return catchThrowableOfType(InvalidFlagException.class, () -> FlagdDocument.parse(json));
    }
}
