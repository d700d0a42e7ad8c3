package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.JobExpirer;
import java.time.Duration;

/** Deletes ended jobs whose retention is over. Runs on every worker. */
final class ExpireLoop implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final JobExpirer expirer;
    private final int shards;
    private final Loop loop;

    ExpireLoop(JobExpirer expirer, int shards) {
        this.expirer = expirer;
        this.shards = shards;
        this.loop = Loop.start("expire", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        int deleted = 0;
        for (int shard = 0; shard < shards; shard++) {
            deleted += expirer.expire(shard);
        }
        return deleted > 0 ? Duration.ZERO : INTERVAL;
    }
}
