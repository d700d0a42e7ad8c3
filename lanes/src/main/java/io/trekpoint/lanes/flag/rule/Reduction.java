package io.trekpoint.lanes.flag.rule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code reduce}: one value of all elements of a list.
 *
 * @param each sees {@code current} and {@code accumulator}, and nothing else
 * @param initial the first accumulator, and the value where there is no list
 */
record Reduction(Rule list, Rule each, Rule initial) implements Rule {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object elements = list.evaluate(evaluation);
        Object value = initial.evaluate(evaluation);
        for (int i = 0; elements != null && i < Values.size(elements); i++) {
            evaluation.step();
            Map<String, @Nullable Object> data = new HashMap<>();
            data.put("current", Values.at(elements, i));
            data.put("accumulator", value);
            value = evaluation.within(data, each);
        }
        return value;
    }
}
