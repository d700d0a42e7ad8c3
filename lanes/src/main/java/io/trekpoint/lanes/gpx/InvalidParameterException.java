package io.trekpoint.lanes.gpx;

/** A parameter that breaks a rule. */
public final class InvalidParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /**
     * Names the parameter and the rule.
     *
     * @param field its path, such as {@code ops[0].gapS}
     * @param rule what it must be
     */
    public InvalidParameterException(String field, String rule) {
        super(field + ": " + rule, null, false, false);
        this.field = field;
        this.rule = rule;
    }

    /** The path of the parameter. */
    public String field() {
        return field;
    }

    /** What it must be. */
    public String rule() {
        return rule;
    }
}
