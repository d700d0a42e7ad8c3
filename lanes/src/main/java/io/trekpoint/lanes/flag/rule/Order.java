package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/**
 * {@code <}, {@code <=}, {@code >} and {@code >=}; with three operands, between.
 *
 * @param third null where there are two
 */
record Order(Sign sign, Rule first, Rule second, @Nullable Rule third) implements Rule {
    enum Sign {
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        boolean holds(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }

        boolean holds(double a, double b) {
            return switch (this) {
                case LESS -> a < b;
                case LESS_OR_EQUAL -> a <= b;
                case GREATER -> a > b;
                case GREATER_OR_EQUAL -> a >= b;
            };
        }
    }

    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object a = first.evaluate(evaluation);
        Object b = second.evaluate(evaluation);
        if (third == null) {
            return holds(a, b, evaluation);
        }
        Object c = third.evaluate(evaluation);
        return holds(a, b, evaluation) && holds(b, c, evaluation);
    }

    private boolean holds(@Nullable Object a, @Nullable Object b, Evaluation evaluation) {
        Object left = Values.isScalar(a) ? a : Values.text(a, evaluation);
        Object right = Values.isScalar(b) ? b : Values.text(b, evaluation);
        if (left instanceof String x && right instanceof String y) {
            return sign.holds(x.compareTo(y));
        }
        return sign.holds(Values.number(left, evaluation), Values.number(right, evaluation));
    }
}
