package io.trekpoint.control.problem;

import org.jspecify.annotations.Nullable;

/** A request ends with a problem document. The detail is for the caller. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final @Nullable String field;
    private final @Nullable String rule;

    /** A problem that is not about one field. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, null, null);
    }

    private ProblemException(
            ProblemType type, String detail, @Nullable String field, @Nullable String rule) {
        super(detail);
        this.type = type;
        this.field = field;
        this.rule = rule;
    }

    /** A field that breaks a rule. */
    public static ProblemException invalid(ProblemType type, String field, String rule) {
        return new ProblemException(type, field + " " + rule, field, rule);
    }

    /** The same problem as that of a part of the input, such as {@code changes[2]}. */
    public ProblemException within(String part) {
        return new ProblemException(
                type, part + ": " + detail(), field == null ? part : part + "." + field, rule);
    }

    /** Whether it is the state's or Redis's problem, and another try may end otherwise. */
    public boolean isPassing() {
        return switch (type) {
            case CONTROL_UNAVAILABLE, CONTROL_DIVERGED, NOT_INITIALISED -> true;
            default -> false;
        };
    }

    ProblemType type() {
        return type;
    }

    @Nullable String field() {
        return field;
    }

    @Nullable String rule() {
        return rule;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
