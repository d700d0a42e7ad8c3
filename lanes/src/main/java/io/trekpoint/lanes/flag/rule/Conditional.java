package io.trekpoint.lanes.flag.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code if}: condition, value, condition, value, …, and what else.
 *
 * @param parts an odd one at the end stands for every other case; without it that is null
 */
record Conditional(List<Rule> parts) implements Rule {
    /** The rule of these operands, without what a condition that never changes rules out. */
    static Rule of(List<Rule> operands) {
        List<Rule> parts = new ArrayList<>();
        int last = operands.size() - 1;
        for (int i = 0; i <= last; i += 2) {
            Rule condition = operands.get(i);
            if (i == last) {
                parts.add(condition);
            } else if (condition instanceof Constant(var known)) {
                if (Values.truthy(known)) {
                    parts.add(operands.get(i + 1));
                    break;
                }
            } else {
                parts.add(condition);
                parts.add(operands.get(i + 1));
            }
        }
        return switch (parts.size()) {
            case 0 -> Constant.NULL;
            case 1 -> parts.getFirst();
            default -> new Conditional(List.copyOf(parts));
        };
    }

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
