package io.trekpoint.lanes.evaluation;

import java.time.Instant;
import java.util.Map;

/**
 * How a flag is used, as far as it was reported.
 *
 * @param first when it was first evaluated
 * @param last when it was last evaluated
 * @param variant the variant of its latest answers; empty where they had none
 * @param since since when every answer was of that variant
 * @param by who evaluated it, and when last: services by name, clients by id
 */
public record FlagUse(
        Instant first, Instant last, String variant, Instant since, Map<String, Instant> by) {
    /** Copies what it is given. */
    public FlagUse {
        by = Map.copyOf(by);
    }
}
