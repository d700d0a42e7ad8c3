package io.trekpoint.lanes.setting;

/** A setting cannot have this value. The message is for people and names the field. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    InvalidSettingException(String field, String rule) {
        super(field + ": " + rule);
        this.field = field;
        this.rule = rule;
    }

    /** Where, such as {@code value.tiers.free}. */
    public String field() {
        return field;
    }

    /** What would be right there. */
    public String rule() {
        return rule;
    }
}
