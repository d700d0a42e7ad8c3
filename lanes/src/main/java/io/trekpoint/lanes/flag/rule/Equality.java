package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/**
 * {@code ==}, {@code ===}, {@code !=} and {@code !==}.
 *
 * @param strict whether values of different types are never equal
 * @param wanted true for equal, false for unequal
 */
record Equality(boolean strict, boolean wanted, Rule left, Rule right) implements Rule {
    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object a = left.evaluate(evaluation);
        Object b = right.evaluate(evaluation);
        return equal(a, b, evaluation) == wanted;
    }

    private boolean equal(@Nullable Object a, @Nullable Object b, Evaluation evaluation) {
        return strict ? Values.same(a, b) : Values.alike(a, b, evaluation);
    }
}
