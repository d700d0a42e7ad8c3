package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/**
 * {@code sem_ver}; null unless both operands are versions.
 *
 * @param left evaluates to a version, or to what is read as one
 * @param right likewise
 */
record VersionMatch(Rule left, Comparator comparator, Rule right) implements Rule {
    /** How two versions are compared. */
    enum Comparator {
        EQUAL("="),
        UNEQUAL("!="),
        GREATER(">"),
        LESS("<"),
        GREATER_OR_EQUAL(">="),
        LESS_OR_EQUAL("<="),
        SAME_MINOR("~"),
        SAME_MAJOR("^");

        private final String sign;

        Comparator(String sign) {
            this.sign = sign;
        }

        /** By its sign; null where there is no such comparator. */
        static @Nullable Comparator of(@Nullable Object sign) {
            for (Comparator comparator : values()) {
                if (comparator.sign.equals(sign)) {
                    return comparator;
                }
            }
            return null;
        }

        private boolean holds(Version a, Version b) {
            return switch (this) {
                case EQUAL -> a.compareTo(b) == 0;
                case UNEQUAL -> a.compareTo(b) != 0;
                case GREATER -> a.compareTo(b) > 0;
                case LESS -> a.compareTo(b) < 0;
                case GREATER_OR_EQUAL -> a.compareTo(b) >= 0;
                case LESS_OR_EQUAL -> a.compareTo(b) <= 0;
                case SAME_MINOR -> a.sameMajor(b) && a.sameMinor(b);
                case SAME_MAJOR -> a.sameMajor(b);
            };
        }
    }

    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Version a = version(left.evaluate(evaluation), evaluation);
        Version b = version(right.evaluate(evaluation), evaluation);
        return (a == null || b == null) ? null : comparator.holds(a, b);
    }

    /** A version; null for what is none. */
    static @Nullable Version version(@Nullable Object value, Evaluation evaluation) {
        return switch (value) {
            case Version version -> version;
            case String text -> {
                evaluation.spend(text.length());
                yield Version.parse(text);
            }
            case Double number -> Version.parse(NumberText.of(number));
            case null, default -> null;
        };
    }
}
