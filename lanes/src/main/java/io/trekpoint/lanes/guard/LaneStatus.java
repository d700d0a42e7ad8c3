package io.trekpoint.lanes.guard;

import java.time.Instant;
import java.util.Optional;

/**
 * A lane as it stands at one moment.
 *
 * @param lane which lane
 * @param breaker {@code closed}, {@code open} or {@code half-open}
 * @param reads why reads are not answered; empty while they are, never while the breaker is open
 * @param writes why writes are not answered; empty while they are, never while the breaker is open
 * @param since when it came to stand like this
 */
public record LaneStatus(
        LaneName lane,
        String breaker,
        Optional<Fault> reads,
        Optional<Fault> writes,
        Instant since) {

    /** Whether commands that only read are answered. */
    public boolean readable() {
        return reads.isEmpty();
    }

    /** Whether commands that write are answered; a lane that cannot be read cannot be written. */
    public boolean writable() {
        return reads.isEmpty() && writes.isEmpty();
    }
}
