package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.JobReaper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Puts jobs whose lease has lapsed back in line, whoever held them. Runs on every worker. After an
 * outage it lets one lease pass, so that those who waited through it can renew or finish first.
 */
final class ReapLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReapLoop.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final JobReaper reaper;
    private final int shards;
    private final Duration lease;
    private final BooleanSupplier laneAnswers;
    private final InstantSource clock;
    private final Loop loop;
    private Instant quietUntil = Instant.MIN;

    ReapLoop(
            JobReaper reaper,
            int shards,
            Duration lease,
            BooleanSupplier laneAnswers,
            InstantSource clock) {
        this.reaper = reaper;
        this.shards = shards;
        this.lease = lease;
        this.laneAnswers = laneAnswers;
        this.clock = clock;
        this.loop = Loop.start("reap", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        Instant now = clock.instant();
        if (!laneAnswers.getAsBoolean()) {
            quietUntil = now.plus(lease);
        }
        if (now.isBefore(quietUntil)) {
            return INTERVAL;
        }
        for (int shard = 0; shard < shards; shard++) {
            JobReaper.Reaped reaped = reaper.reap(shard);
            if (reaped.requeued() + reaped.spent() > 0) {
                LOG.warnf(
                        "leases lapsed: %d jobs back in line, %d out of attempts",
                        reaped.requeued(), reaped.spent());
            }
        }
        return INTERVAL;
    }
}
