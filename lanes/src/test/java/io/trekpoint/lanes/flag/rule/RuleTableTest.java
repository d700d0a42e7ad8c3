package io.trekpoint.lanes.flag.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What rules evaluate to, case by case. */
class RuleTableTest {
    static Stream<Rules.Row> rows() {
        return Stream.concat(Rules.table("rules.txt"), Rules.table("flagd-operators.txt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void evaluatesTo(Rules.Row row) {
        JsonNode rule = Rules.json(row.rule());
        Object value = Rules.evaluate(rule, Rules.context(row.data()));
        assertThat(Rules.normal(Rules.asJson(value)))
                .isEqualTo(Rules.normal(Rules.json(row.value())));
    }

    /** Nothing that is computed beforehand may come out differently. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void evaluatesToTheSameWhereNothingIsKnownBeforehand(Rules.Row row) {
        JsonNode rule = Rules.json("{\"if\":[{\"var\":\"$yes\"}," + row.rule() + "]}");
        String data = row.data().replaceFirst("\\{", "{\"\\$yes\":true,").replace(",}", "}");
        Object value = Rules.evaluate(rule, Rules.context(data));
        JsonNode expected = Rules.normal(Rules.json(row.value()));
        JsonNode found = Rules.normal(Rules.asJson(value));
        if (found.has("$yes")) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) found).remove("$yes");
        }
        assertThat(found).isEqualTo(expected);
    }
}
