package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/**
 * One node of a compiled rule. Immutable and thread-safe: what changes during an evaluation is in
 * {@link Evaluation}.
 *
 * <p>A value is null, a {@code Boolean}, a {@code Double}, a {@code String}, a list ({@code List}
 * or Jackson's {@code ArrayNode}) or an object ({@code Map}, Jackson's {@code ObjectNode}). What
 * operators make of values of other types than they want is what JavaScript does, as JsonLogic
 * asks: see {@link Values}.
 */
public sealed interface Rule
        permits Affix,
                Arithmetic,
                Concatenation,
                Conditional,
                Constant,
                ComputedVariable,
                Equality,
                Fractional,
                Iteration,
                Junction,
                ListLiteral,
                Membership,
                MembershipOfConstants,
                Merge,
                Missing,
                Negation,
                Order,
                Reduction,
                Substring,
                Variable,
                VersionMatch {
    /**
     * The rule's value.
     *
     * @throws WorkExceededException when the evaluation has cost more than it may
     */
    @Nullable Object evaluate(Evaluation evaluation);
}
