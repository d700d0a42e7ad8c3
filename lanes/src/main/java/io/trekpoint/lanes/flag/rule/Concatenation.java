package io.trekpoint.lanes.flag.rule;

import java.util.List;

/** {@code cat}: one text of all operands; null is nothing. */
record Concatenation(List<Rule> operands) implements Rule {
    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < operands.size(); i++) {
            Object value = operands.get(i).evaluate(evaluation);
            if (value != null) {
                String part = Values.text(value, evaluation);
                evaluation.spend(part.length());
                text.append(part);
            }
        }
        return text.toString();
    }
}
