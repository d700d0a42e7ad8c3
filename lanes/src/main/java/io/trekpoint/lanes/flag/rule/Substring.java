package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/**
 * {@code substr}: from an index, or as many characters before the end; for as many characters, or
 * up to as many before the end.
 *
 * @param length null for all that follows
 */
record Substring(Rule source, Rule start, @Nullable Rule length) implements Rule {
    @Override
    public Object evaluate(Evaluation evaluation) {
        evaluation.step();
        String text = Values.text(source.evaluate(evaluation), evaluation);
        int from = whole(start.evaluate(evaluation), evaluation);
        int begin = from < 0 ? Math.max(text.length() + from, 0) : Math.min(from, text.length());
        int end = text.length();
        if (length != null) {
            int taken = whole(length.evaluate(evaluation), evaluation);
            long wanted = taken < 0 ? (long) text.length() + taken : (long) begin + taken;
            end = Math.clamp(wanted, begin, text.length());
        }
        evaluation.spend(end - begin);
        return text.substring(begin, end);
    }

    /** Towards zero; 0 for what is no number. */
    private static int whole(@Nullable Object value, Evaluation evaluation) {
        return (int) Values.number(value, evaluation);
    }
}
