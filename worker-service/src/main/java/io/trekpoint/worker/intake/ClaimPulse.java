package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive while the claim loop completes its turns. A worker that is deaf although its lane is well
 * is to be restarted; one whose lane is away is not, nor one that has no room for more.
 * Thread-safe.
 */
@Liveness
@ApplicationScoped
class ClaimPulse implements HealthCheck {
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

    @Override
    public HealthCheckResponse call() {
        LaneStatus status = lane.status();
        Instant since = last.isAfter(status.since()) ? last : status.since();
        boolean deaf = status.writable() && since.plus(DEAF_AFTER).isBefore(clock.instant());
        return HealthCheckResponse.named("claims")
                .status(!deaf)
                .withData("lastTurn", last.toString())
                .build();
    }
}
