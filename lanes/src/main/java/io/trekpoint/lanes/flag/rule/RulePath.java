package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/**
 * Where a rule stands, such as {@code definition.targeting.if[0]}. Only a refusal needs it as a
 * text, and thousands of rules are compiled without one.
 *
 * @param before where the rule around it stands; null for the outermost
 * @param name the operator it belongs to; empty for an operand
 * @param index its place among the operands
 */
record RulePath(@Nullable RulePath before, String name, int index) {
    /** The outermost rule. */
    static RulePath of(String name) {
        return new RulePath(null, name, -1);
    }

    RulePath operator(String operator) {
        return new RulePath(this, operator, -1);
    }

    RulePath operand(int place) {
        return new RulePath(this, "", place);
    }

    @Override
    public String toString() {
        if (before == null) {
            return name;
        }
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        if (before != null) {
            before.write(text);
        }
        if (index >= 0) {
            text.append('[').append(index).append(']');
        } else {
            text.append(before == null ? "" : ".").append(name);
        }
    }
}
