package io.trekpoint.lanes.flag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.trekpoint.lanes.flag.rule.InvalidRuleException;
import io.trekpoint.lanes.flag.rule.RandomRules;
import io.trekpoint.lanes.flag.rule.RuleSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken and refused, against flagd's own JSON Schemas and a validator of such schemas. */
class SchemaAgreementTest {
    private static final String BASE = "https://flagd.dev/schema/v0/";
    private static final int RULES = 3_000;

    @Test
    void takesNoTargetingThatTheSchemaRefusesAndRefusesNoneThatItTakes() {
        JsonSchema schema = schema("targeting.json");
        int taken = 0;
        for (long seed = 0; seed < RULES; seed++) {
            JsonNode rule = new RandomRules(seed).rule();
            boolean valid = schema.validate(rule).isEmpty();
            InvalidRuleException refusal = refusal(rule);
            if (refusal == null) {
                assertThat(valid).as("taken, but not by the schema: %s", rule).isTrue();
                taken++;
            } else if (valid) {
                assertThat(isStricterOnPurpose(refusal))
                        .as("refused (%s), but not by the schema: %s", refusal.getMessage(), rule)
                        .isTrue();
            }
        }
        assertThat(taken).isBetween(RULES / 20, RULES * 19 / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'flags':{}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true}}}}",
                "{'flags':{'a':{'state':'DISABLED','variants':{'a':{},'b':{'c':1}},'defaultVariant':null}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'a':1,'b':1.5}},'b':{'state':'ENABLED','variants':{'a':''}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'targeting':{}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'metadata':{'a':1,'b':'','c':true}}}}",
                "{'flags':{},'metadata':{'flagSetId':'a','version':'1','n':1}}",
                "{'flags':{},'$evaluators':{'a':{'==':[1,1]},'b':{}}}",
                "{}",
                "[]",
                "{'flags':[]}",
                "{'flags':{'':{'state':'ENABLED','variants':{'on':true}}}}",
                "{'flags':{'a':{}}}",
                "{'flags':{'a':1}}",
                "{'flags':{'a':{'state':'enabled','variants':{'on':true}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'':true}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':[]}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'a':[1]}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'a':null}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'a':1,'b':'1'}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'defaultVariant':1}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'targeting':null}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'targeting':[]}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'targeting':{'$ref':'a'}}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'metadata':[]}}}",
                "{'flags':{'a':{'state':'ENABLED','variants':{'on':true},'metadata':{'a':null}}}}",
                "{'flags':{},'metadata':{'a':{}}}",
                "{'flags':{},'$evaluators':{'':{'==':[1,1]}}}",
                "{'flags':{},'$evaluators':{'a':[]}}",
                "{'flags':{},'$evaluators':{'a':{'$ref':'a'}}}",
                "{'flags':{},'$evaluators':[]}"
            })
    void takesTheSameDocuments(String quoted) {
        JsonNode document = FlagDefinitionTest.json(quoted);
        boolean valid = schema("flags.json").validate(document).isEmpty();
        assertThat(isTaken(document)).isEqualTo(valid);
    }

    /**
     * A rule has one operator; and what stands alone in a list of operands of {@code !} is an
     * operand, though the schema would have anything there.
     */
    private static boolean isStricterOnPurpose(InvalidRuleException refusal) {
        return refusal.rule().startsWith("must have one operator")
                || refusal.path().contains("![0]");
    }

    private static @Nullable InvalidRuleException refusal(JsonNode rule) {
        try {
            RuleSchema.check(rule, "targeting");
            return null;
        } catch (InvalidRuleException e) {
            return e;
        }
    }

    private static boolean isTaken(JsonNode document) {
        try {
            return FlagdDocument.parse(document).flags() != null;
        } catch (InvalidFlagException e) {
            return false;
        }
    }

    private static JsonSchema schema(String name) {
        Map<String, String> schemas =
                Map.of(
                        BASE + "flags.json", FlagFixtures.json("flags.json").toString(),
                        BASE + "targeting.json", FlagFixtures.json("targeting.json").toString());
        return JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V7,
                        builder -> builder.schemaLoaders(loaders -> loaders.schemas(schemas)))
                .getSchema(SchemaLocation.of(BASE + name));
    }
}
