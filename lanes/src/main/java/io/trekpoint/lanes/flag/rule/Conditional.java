package io.trekpoint.lanes.flag.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code if}: condition, value, condition, value, …, and what else.
 *
 * @param parts an odd one at the end stands for every other case; without it that is null
 */
record Conditional(List<Rule> parts) implements Rule {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        evaluation.step();
        int last = parts.size() - 1;
        for (int i = 0; i < last; i += 2) {
            if (Values.truthy(parts.get(i).evaluate(evaluation))) {
                return parts.get(i + 1).evaluate(evaluation);
            }
        }
        return parts.size() % 2 == 1 ? parts.get(last).evaluate(evaluation) : null;
    }
}
