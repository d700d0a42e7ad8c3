package io.trekpoint.lanes.evaluation;

import java.time.LocalDate;

/** Where evaluations are gathered in Redis: beside the control state, and never part of it. */
final class EvaluationKeys {
    /** Hash of flag to JSON {@code {first, since, variant, by: {consumer: last}}}, in seconds. */
    static final String FLAGS = "trek:{control}:evaluations";

    private EvaluationKeys() {}

    /** Hash of {@code <flag> <reason> <variant>} to the count of a day. Expires. */
    static String day(LocalDate day) {
        return FLAGS + ":" + day;
    }

    static String field(String flag, String reason, String variant) {
        return flag + " " + reason + " " + variant;
    }
}
