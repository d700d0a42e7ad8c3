package io.trekpoint.lanes.flag;

/** A flag cannot be what it is asked to be. The message is for people and names the field. */
public final class InvalidFlagException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    InvalidFlagException(String field, String rule) {
        super(field + ": " + rule);
        this.field = field;
        this.rule = rule;
    }

    /** Where, such as {@code definition.variants.on}. */
    public String field() {
        return field;
    }

    /** What would be right there. */
    public String rule() {
        return rule;
    }
}
