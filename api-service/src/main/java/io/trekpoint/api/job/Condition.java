package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the conditions of a request come to (RFC 9110, section 13), for what has a strong tag. */
enum Condition {
    /** They hold, or there are none. */
    HOLDS,
    /** The client has it already. */
    UNCHANGED,
    /** The client means another one. */
    FAILED;

    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    /**
     * Judges conditions.
     *
     * @param ifMatch every header of that name; empty for none. Weak tags do not match
     * @param ifNoneMatch every header of that name; empty for none. Weak tags match too
     * @param tag the present tag without its quotes
     */
    static Condition of(List<String> ifMatch, List<String> ifNoneMatch, String tag) {
        if (!ifMatch.isEmpty() && !names(ifMatch, tag, false)) {
            return FAILED;
        }
        return names(ifNoneMatch, tag, true) ? UNCHANGED : HOLDS;
    }

    /** The refusal of a request that means another one. */
    static ProblemException failed() {
        return new ProblemException(
                Problem.invalid(
                        412,
                        "precondition-failed",
                        "If-Match",
                        "must be the ETag of what is there"));
    }

    private static boolean names(List<String> headers, String tag, boolean weak) {
        return headers.stream().anyMatch(header -> names(header, tag, weak));
    }

    private static boolean names(String header, String tag, boolean weak) {
        if (header.strip().equals("*")) {
            return true;
        }
        Matcher tags = TAG.matcher(header);
        while (tags.find()) {
            if (tags.group(2).equals(tag) && (weak || tags.group(1) == null)) {
                return true;
            }
        }
        return false;
    }
}
