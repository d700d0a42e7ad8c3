package io.trekpoint.api.problem;

import java.util.OptionalInt;

/** A request that ends with a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final int retryAfter;

    private ProblemException(Problem problem, int retryAfter) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** A problem that waiting does not mend. */
    public ProblemException(Problem problem) {
        this(problem, -1);
    }

    /** The same problem, with the seconds after which a retry makes sense. */
    public ProblemException retryAfter(int seconds) {
        return new ProblemException(problem, seconds);
    }

    /** The problem. */
    public Problem problem() {
        return problem;
    }

    OptionalInt retryAfter() {
        return retryAfter < 0 ? OptionalInt.empty() : OptionalInt.of(retryAfter);
    }
}
