package io.trekpoint.lanes.flag.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code map}, {@code filter}, {@code all}, {@code some} and {@code none}: a rule for each element
 * of a list. What is no list counts as an empty one.
 *
 * @param each sees the element as its data
 */
record Iteration(Kind kind, Rule list, Rule each) implements Rule {
    enum Kind {
        MAP,
        FILTER,
        ALL,
        SOME,
        NONE
    }

    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object elements = list.evaluate(evaluation);
        int size = Values.size(elements);
        if (elements == null || size == 0) {
            return switch (kind) {
                case MAP, FILTER -> List.of();
                case ALL, SOME -> false;
                case NONE -> true;
            };
        }
        return switch (kind) {
            case MAP -> mapped(elements, size, evaluation);
            case FILTER -> filtered(elements, size, evaluation);
            case ALL -> !any(elements, size, false, evaluation);
            case SOME -> any(elements, size, true, evaluation);
            case NONE -> !any(elements, size, true, evaluation);
        };
    }

    private List<@Nullable Object> mapped(Object elements, int size, Evaluation evaluation) {
        List<@Nullable Object> mapped = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            evaluation.step();
            mapped.add(evaluation.within(Values.at(elements, i), each));
        }
        return mapped;
    }

    private List<@Nullable Object> filtered(Object elements, int size, Evaluation evaluation) {
        List<@Nullable Object> kept = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            evaluation.step();
            Object element = Values.at(elements, i);
            if (Values.truthy(evaluation.within(element, each))) {
                kept.add(element);
            }
        }
        return kept;
    }

    private boolean any(Object elements, int size, boolean wanted, Evaluation evaluation) {
        for (int i = 0; i < size; i++) {
            evaluation.step();
            if (Values.truthy(evaluation.within(Values.at(elements, i), each)) == wanted) {
                return true;
            }
        }
        return false;
    }
}
