package io.trekpoint.lanes.flag.rule;

/**
 * {@code !} and {@code !!}.
 *
 * @param twice whether it is the latter: true for what counts as true
 */
record Negation(boolean twice, Rule operand) implements Rule {
    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        return Values.truthy(operand.evaluate(evaluation)) == twice;
    }
}
