package io.trekpoint.lanes.instance;

import java.time.Instant;
import java.util.List;

/**
 * The instances that have beaten lately.
 *
 * @param at when this was read, by the clock of who read it
 * @param present by service, then start
 */
public record Roll(Instant at, List<Present> present) {
    /** Copies what it is given. */
    public Roll {
        present = List.copyOf(present);
    }

    /**
     * An instance.
     *
     * @param beat what it said last
     * @param silentMillis how long before {@link Roll#at} that was
     */
    public record Present(Beat beat, long silentMillis) {}
}
