package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneStatus;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Whether this worker hears of work: when its claim loop last completed a turn. Thread-safe. */
@Singleton
public class ClaimPulse {
    private static final Duration DEAF_AFTER = Duration.ofSeconds(30);

    private final Lane lane;
    private final InstantSource clock;
    private volatile Instant last;

    ClaimPulse(@Named("jobs") Lane lane, InstantSource clock) {
        this.lane = lane;
        this.clock = clock;
        this.last = clock.instant();
    }

    /** The claim loop has completed a turn: every shard has answered, or there was no room. */
    void beat() {
        last = clock.instant();
    }

    /**
     * When the claim loop last completed a turn; when this worker started, before the first one.
     */
    public Instant last() {
        return last;
    }

    /**
     * Whether no turn was completed for 30 s although the lane was well all the time. A worker
     * whose lane is away is not deaf, nor one that has no room for more.
     */
    public boolean deaf() {
        LaneStatus status = lane.status();
        Instant since = last.isAfter(status.since()) ? last : status.since();
        return status.writable() && since.plus(DEAF_AFTER).isBefore(clock.instant());
    }
}
