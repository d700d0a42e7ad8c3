package io.trekpoint.bench.flag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagDefinition;

/** What is evaluated, the same for everybody. */
enum Rule {
    /** Three conditions, the third of which decides, and a split for those who meet them. */
    CONDITIONS_AND_SPLIT(
            """
            {"if": [
              {"and": [
                {"==": [{"var": "tier"}, "paid"]},
                {"in": [{"var": "country"}, ["at", "ch", "de", "fr", "it"]]},
                {">=": [{"var": "level"}, 3]}]},
              {"fractional": [{"var": "targetingKey"}, ["on", 25], ["off", 75]]},
              "off"]}\
            """),
    /** The conditions alone. */
    CONDITIONS(
            """
            {"if": [
              {"and": [
                {"==": [{"var": "tier"}, "paid"]},
                {"in": [{"var": "country"}, ["at", "ch", "de", "fr", "it"]]},
                {">=": [{"var": "level"}, 3]}]},
              "on",
              "off"]}\
            """);

    /** A context for which every condition holds. */
    static final String CONTEXT =
            """
            {"targetingKey": "client-4711", "tier": "paid", "country": "ch", "level": 7}\
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String json;

    Rule(String json) {
        this.json = json;
    }

    /** Its JsonLogic. */
    String json() {
        return json;
    }

    /** A flag with this targeting. */
    Flag flag() {
        return flag("\"targeting\": " + json + ",");
    }

    /** A flag without targeting. */
    static Flag withoutTargeting() {
        return flag("");
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Flag flag(String targeting) {
        String definition =
                """
                {"state": "ENABLED", "variants": {"on": true, "off": false}, %s
                 "defaultVariant": "on"}\
                """
                        .formatted(targeting);
        return Flag.of(FlagDefinition.parse("bench", read(definition)));
    }
}
