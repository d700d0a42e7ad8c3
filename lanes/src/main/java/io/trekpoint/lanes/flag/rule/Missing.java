package io.trekpoint.lanes.flag.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code missing} and {@code missing_some}: the names of those attributes that are not there, null
 * or empty.
 *
 * @param needed evaluates to how many are enough, so that none is said to be missing; null where
 *     all are needed
 * @param names evaluates to a list of names
 */
record Missing(@Nullable Rule needed, Rule names) implements Rule {
    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object listed = names.evaluate(evaluation);
        int count = Values.size(listed);
        List<@Nullable Object> missing = new ArrayList<>();
        for (int i = 0; listed != null && i < count; i++) {
            Object name = Values.at(listed, i);
            if (isMissing(name, evaluation)) {
                missing.add(name);
            }
        }
        if (needed != null) {
            double enough = Values.number(needed.evaluate(evaluation), evaluation);
            return count - missing.size() >= enough ? List.of() : missing;
        }
        return missing;
    }

    private static boolean isMissing(@Nullable Object name, Evaluation evaluation) {
        String text = Values.text(name, evaluation);
        evaluation.spend(1 + text.length());
        Object found = Variable.find(Variable.path(text), evaluation);
        return found == Values.ABSENT || found == null || found.equals("");
    }
}
