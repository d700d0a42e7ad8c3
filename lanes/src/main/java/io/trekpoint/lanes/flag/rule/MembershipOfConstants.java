package io.trekpoint.lanes.flag.rule;

import java.util.Set;

/**
 * {@code in} a list that is written out.
 *
 * @param members texts, booleans, numbers but NaN, and null
 */
record MembershipOfConstants(Rule element, Set<Object> members) implements Rule {
    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        return members.contains(Membership.normal(element.evaluate(evaluation)));
    }
}
