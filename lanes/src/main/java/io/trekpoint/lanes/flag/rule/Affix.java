package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/**
 * {@code starts_with} and {@code ends_with}; null unless both operands are texts.
 *
 * @param atEnd whether it is the latter
 */
record Affix(boolean atEnd, Rule text, Rule affix) implements Rule {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object whole = text.evaluate(evaluation);
        Object part = affix.evaluate(evaluation);
        if (whole instanceof String string && part instanceof String wanted) {
            return atEnd ? string.endsWith(wanted) : string.startsWith(wanted);
        }
        return null;
    }
}
