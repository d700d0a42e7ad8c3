package io.trekpoint.control.store;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import java.util.List;
import java.util.Map;

/**
 * Reads the query parameter {@code dryRun} and its like. What is not understood is refused: a guess
 * could write.
 */
public final class DryRun {
    private DryRun() {}

    /**
     * Whether a write is only to be tried.
     *
     * @param query every parameter with its values; without {@code dryRun} the write is meant
     * @throws ProblemException 400 for anything but one {@code true} or {@code false}
     */
    public static boolean of(Map<String, List<String>> query) {
        return yes("dryRun", query);
    }

    /**
     * Whether a parameter says yes.
     *
     * @param query every parameter with its values; without this one it is no
     * @throws ProblemException 400 for anything but one {@code true} or {@code false}
     */
    public static boolean yes(String name, Map<String, List<String>> query) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.isEmpty() || values.equals(List.of("false"))) {
            return false;
        }
        if (values.equals(List.of("true"))) {
            return true;
        }
        throw ProblemException.invalid(ProblemType.INVALID_REQUEST, name, "must be true or false");
    }
}
