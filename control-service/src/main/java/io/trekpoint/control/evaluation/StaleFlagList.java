package io.trekpoint.control.evaluation;

import java.time.Instant;
import java.util.List;

/**
 * The flags that could go.
 *
 * @param asOf when it was found out; what was evaluated in the seconds before may not be seen yet
 * @param days how long a flag has to have been unused or constant
 * @param flags by key
 */
public record StaleFlagList(Instant asOf, int days, List<StaleFlag> flags) {}
