package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/** A value that is the same for everybody. */
record Constant(@Nullable Object value) implements Rule {
    static final Constant NULL = new Constant(null);

    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        return value;
    }
}
