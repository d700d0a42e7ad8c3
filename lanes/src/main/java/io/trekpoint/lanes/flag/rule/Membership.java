package io.trekpoint.lanes.flag.rule;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code in}: whether a list has an element, or a text a part. */
record Membership(Rule element, Rule container) implements Rule {

    /** The rule of these operands; a list of plain values that is written out becomes a set. */
    static Rule of(Rule element, Rule container) {
        if (!(container instanceof Constant(List<?> list))
                || !list.stream().allMatch(Values::isScalar)) {
            return new Membership(element, container);
        }
        Set<Object> members = new HashSet<>();
        list.forEach(member -> members.add(normal(member)));
        members.remove(Double.NaN);
        return new MembershipOfConstants(element, Collections.unmodifiableSet(members));
    }

    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object wanted = element.evaluate(evaluation);
        Object searched = container.evaluate(evaluation);
        if (searched instanceof String text) {
            return wanted != null && contains(text, Values.text(wanted, evaluation), evaluation);
        }
        for (int i = 0; searched != null && i < Values.size(searched); i++) {
            evaluation.step();
            if (Values.same(wanted, Values.at(searched, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(String text, String part, Evaluation evaluation) {
        evaluation.read(text);
        // A part that almost fits everywhere is compared again at every place.
        long worst = (long) text.length() * part.length() / 1024;
        evaluation.spend((int) Math.min(worst, Evaluation.MOST_WORK));
        return text.contains(part);
    }

    /** A value as a set has it, so that values which are the same are found there. */
    static @Nullable Object normal(@Nullable Object value) {
        return value instanceof Double number && number == 0 ? Double.valueOf(0) : value;
    }
}
