package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.JobPromoter;
import java.time.Duration;

/** Puts delayed jobs in line whose time has come. Runs on every worker. */
final class PromoteLoop implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final JobPromoter promoter;
    private final int shards;
    private final Loop loop;

    PromoteLoop(JobPromoter promoter, int shards) {
        this.promoter = promoter;
        this.shards = shards;
        this.loop = Loop.start("promote", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        boolean more = EachShard.any(shards, promoter::promote);
        return more ? Duration.ZERO : INTERVAL;
    }
}
