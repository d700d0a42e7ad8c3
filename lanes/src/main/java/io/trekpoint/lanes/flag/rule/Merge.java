package io.trekpoint.lanes.flag.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code merge}: one list of the elements of lists and of what is no list. */
record Merge(List<Rule> operands) implements Rule {
    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        List<@Nullable Object> merged = new ArrayList<>();
        for (Rule operand : operands) {
            Object value = operand.evaluate(evaluation);
            if (value != null && Values.isList(value)) {
                evaluation.spend(Values.size(value));
                for (int i = 0; i < Values.size(value); i++) {
                    merged.add(Values.at(value, i));
                }
            } else {
                merged.add(value);
            }
        }
        return merged;
    }
}
