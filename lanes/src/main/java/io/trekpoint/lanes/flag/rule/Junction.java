package io.trekpoint.lanes.flag.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code and}, {@code or}: the first operand that decides, or else the last.
 *
 * @param decisive whether a true operand decides, as in {@code or}, or a false one
 */
record Junction(boolean decisive, List<Rule> operands) implements Rule {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object value = null;
        for (int i = 0; i < operands.size(); i++) {
            value = operands.get(i).evaluate(evaluation);
            if (Values.truthy(value) == decisive) {
                return value;
            }
        }
        return value;
    }
}
