package io.trekpoint.api.problem;

import java.util.OptionalInt;

/** A request that ends with a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final int retryAfter;
    private final boolean closing;

    private ProblemException(Problem problem, int retryAfter, boolean closing) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
        this.closing = closing;
    }

    /** A problem that waiting does not mend. */
    public ProblemException(Problem problem) {
        this(problem, -1, false);
    }

    /** The same problem, with the seconds after which a retry makes sense. */
    public ProblemException retryAfter(int seconds) {
        return new ProblemException(problem, seconds, closing);
    }

    /**
     * The same problem, for a request whose body was not read to its end: the connection closes.
     */
    public ProblemException closing() {
        return new ProblemException(problem, retryAfter, true);
    }

    /** The problem. */
    public Problem problem() {
        return problem;
    }

    OptionalInt retryAfter() {
        return retryAfter < 0 ? OptionalInt.empty() : OptionalInt.of(retryAfter);
    }

    boolean isClosing() {
        return closing;
    }
}
