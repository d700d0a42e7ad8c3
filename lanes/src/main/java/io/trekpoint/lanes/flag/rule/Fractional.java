package io.trekpoint.lanes.flag.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code fractional}: one of several variants, the same one for the same text, each for as large a
 * part of all texts as its weight is of all weights. Null where a weight is no whole number, where
 * their sum is 0 or beyond an int, and where there is nothing to split by.
 *
 * @param bucketing evaluates to the text to split by; where that is null, or there is no such rule,
 *     it is the flag's key followed by the targeting key
 * @param shares the variants in their order
 */
record Fractional(@Nullable Rule bucketing, List<Share> shares) implements Rule {
    private static final int INVALID = -1;

    /**
     * One variant.
     *
     * @param weight evaluates to a whole number; less than 0 counts as 0, null as 1
     */
    record Share(Rule variant, Rule weight) {
        /** Its weight; {@link #INVALID} for what is none. */
        private long evaluate(Evaluation evaluation) {
            return switch (weight.evaluate(evaluation)) {
                case null -> 1;
                case Double number
                        when number == Math.rint(number) && number <= Integer.MAX_VALUE ->
                        Math.max(0, number.longValue());
                default -> INVALID;
            };
        }
    }

    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        evaluation.step();
        String splitBy = splitBy(evaluation);
        if (splitBy == null) {
            return null;
        }
        long[] ends = new long[shares.size()];
        long total = 0;
        for (int i = 0; i < ends.length; i++) {
            long weight = shares.get(i).evaluate(evaluation);
            if (weight == INVALID) {
                return null;
            }
            total += weight;
            ends[i] = total;
        }
        if (total == 0 || total > Integer.MAX_VALUE) {
            return null;
        }
        evaluation.spend(splitBy.length());
        long bucket = (Murmur3.hash(splitBy) * total) >>> 32;
        return variant(bucket, ends, evaluation);
    }

    private @Nullable String splitBy(Evaluation evaluation) {
        Object value = bucketing == null ? null : bucketing.evaluate(evaluation);
        if (value instanceof String text) {
            return text;
        }
        String targetingKey = evaluation.targetingKey();
        return (value == null && targetingKey != null) ? evaluation.flagKey() + targetingKey : null;
    }

    private @Nullable Object variant(long bucket, long[] ends, Evaluation evaluation) {
        int chosen = 0;
        while (ends[chosen] <= bucket) {
            chosen++;
        }
        Object variant = shares.get(chosen).variant().evaluate(evaluation);
        return Values.isScalar(variant) ? variant : null;
    }
}
