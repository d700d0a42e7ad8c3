package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/** {@code var} of a name that is itself computed. */
record ComputedVariable(Rule name, Rule otherwise) implements Rule {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object named = name.evaluate(evaluation);
        String text = named == null ? "" : Values.text(named, evaluation);
        evaluation.spend(text.length());
        Object found = Variable.find(Variable.path(text), evaluation);
        return found == Values.ABSENT ? otherwise.evaluate(evaluation) : found;
    }
}
