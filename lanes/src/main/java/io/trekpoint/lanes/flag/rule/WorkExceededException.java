package io.trekpoint.lanes.flag.rule;

/** An evaluation costs more than {@link Evaluation#MOST_WORK}. */
public final class WorkExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a trace: whoever writes such a rule must not make it dearer by that. */
    WorkExceededException() {
        super("the rule takes more than " + Evaluation.MOST_WORK + " steps", null, false, false);
    }
}
