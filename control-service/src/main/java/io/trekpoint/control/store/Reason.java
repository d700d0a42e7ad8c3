package io.trekpoint.control.store;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Reads the query parameter {@code reason} of a call that has no body to say it in. */
public final class Reason {
    private static final int LONGEST = 500;

    private Reason() {}

    /**
     * Why a change is made, for the audit.
     *
     * @throws ProblemException 400 where it is missing or longer than 500 characters
     */
    public static String of(@Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw ProblemException.invalid(
                    ProblemType.INVALID_REQUEST,
                    "reason",
                    "must say why, in 1 to " + LONGEST + " characters");
        }
        return reason;
    }
}
