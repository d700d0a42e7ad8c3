package io.trekpoint.api.problem;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request that ends with a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    private ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    /** A problem that waiting does not mend. */
    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    /** The same problem, with the seconds after which a retry makes sense. */
    public ProblemException retryAfter(int seconds) {
        return header("Retry-After", String.valueOf(seconds));
    }

    /** The same problem, with one more header that its answer carries. */
    public ProblemException header(String name, String value) {
        return new ProblemException(
                problem,
                Stream.concat(headers.entrySet().stream(), Stream.of(Map.entry(name, value)))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The problem. */
    public Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
