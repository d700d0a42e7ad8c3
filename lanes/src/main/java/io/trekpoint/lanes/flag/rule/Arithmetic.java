package io.trekpoint.lanes.flag.rule;

import java.util.List;

/** Operators that make one number of others. */
record Arithmetic(Operator operator, List<Rule> operands) implements Rule {
    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER,
        LEAST,
        GREATEST
    }

    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        if (operands.isEmpty()) {
            return start();
        }
        double value = number(0, evaluation);
        if (operands.size() == 1) {
            return operator == Operator.SUBTRACT ? -value : value;
        }
        for (int i = 1; i < operands.size(); i++) {
            value = combine(value, number(i, evaluation));
        }
        return value;
    }

    private double start() {
        return switch (operator) {
            case ADD -> 0;
            case MULTIPLY -> 1;
            case LEAST -> Double.POSITIVE_INFINITY;
            case GREATEST -> Double.NEGATIVE_INFINITY;
            case SUBTRACT, DIVIDE, REMAINDER -> Double.NaN;
        };
    }

    /** Sums and products take the number that a text begins with, as JsonLogic has it. */
    private double number(int operand, Evaluation evaluation) {
        Object value = operands.get(operand).evaluate(evaluation);
        return switch (operator) {
            case ADD, MULTIPLY -> Values.leadingNumber(value, evaluation);
            case SUBTRACT, DIVIDE, REMAINDER, LEAST, GREATEST -> Values.number(value, evaluation);
        };
    }

    private double combine(double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case LEAST -> Math.min(a, b);
            case GREATEST -> Math.max(a, b);
        };
    }
}
