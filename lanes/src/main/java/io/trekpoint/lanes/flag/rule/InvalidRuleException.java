package io.trekpoint.lanes.flag.rule;

/** A rule is not what the format allows. */
public final class InvalidRuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String rule;

    InvalidRuleException(String path, String rule) {
        super(path + ": " + rule);
        this.path = path;
        this.rule = rule;
    }

    /** Where, such as {@code definition.targeting.if[0].sem_ver[1]}. */
    public String path() {
        return path;
    }

    /** What would be right there. */
    public String rule() {
        return rule;
    }
}
