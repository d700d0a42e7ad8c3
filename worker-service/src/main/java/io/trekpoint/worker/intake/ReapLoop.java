package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.JobReaper;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Puts jobs whose lease has lapsed back in line, whoever held them. Runs on every worker. */
final class ReapLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReapLoop.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final JobReaper reaper;
    private final int shards;
    private final Loop loop;

    ReapLoop(JobReaper reaper, int shards) {
        this.reaper = reaper;
        this.shards = shards;
        this.loop = Loop.start("reap", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        boolean more = EachShard.any(shards, this::reap);
        return more ? Duration.ZERO : INTERVAL;
    }

    /** Whether there may be more that have lapsed. */
    private boolean reap(int shard) {
        JobReaper.Reaped reaped = reaper.reap(shard);
        if (reaped.requeued() + reaped.spent() > 0) {
            LOG.warnf(
                    "leases lapsed: %d jobs back in line, %d out of attempts",
                    reaped.requeued(), reaped.spent());
        }
        return reaped.more();
    }
}
