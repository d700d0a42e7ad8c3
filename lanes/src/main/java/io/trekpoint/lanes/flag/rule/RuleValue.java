package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.Nullable;

/** What a rule evaluated to. */
public final class RuleValue {
    private RuleValue() {}

    /**
     * As the name of a variant: {@code red}, {@code true}, {@code 1}.
     *
     * @return null for a list or an object, which name none
     */
    public static @Nullable String name(Object value) {
        return switch (value) {
            case String text -> text;
            case Double number -> NumberText.of(number);
            case Boolean truth -> truth.toString();
            default -> null;
        };
    }
}
