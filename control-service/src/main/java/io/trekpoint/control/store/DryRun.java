package io.trekpoint.control.store;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import java.util.List;

/**
 * Reads the query parameter {@code dryRun} and its like. What is not understood is refused: a guess
 * could write.
 */
public final class DryRun {
    private DryRun() {}

    /**
     * Whether a write is only to be tried.
     *
     * @param values every value of the parameter; none means that the write is meant
     * @throws ProblemException 400 for anything but one {@code true} or {@code false}
     */
    public static boolean of(List<String> values) {
        return yes("dryRun", values);
    }

    /**
     * Whether a parameter says yes.
     *
     * @param values every value of the parameter; none means no
     * @throws ProblemException 400 for anything but one {@code true} or {@code false}
     */
    public static boolean yes(String name, List<String> values) {
        if (values.isEmpty() || values.equals(List.of("false"))) {
            return false;
        }
        if (values.equals(List.of("true"))) {
            return true;
        }
        throw ProblemException.invalid(ProblemType.INVALID_REQUEST, name, "must be true or false");
    }
}
