package io.trekpoint.lanes.flag.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that is written out, with rules among its elements. */
record ListLiteral(List<Rule> elements) implements Rule {
    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        List<@Nullable Object> values = new ArrayList<>(elements.size());
        for (Rule element : elements) {
            values.add(element.evaluate(evaluation));
        }
        return values;
    }
}
