package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.JobClaimer;
import java.time.Duration;
import java.util.function.Consumer;

/** Claims jobs while there is room for them, and waits for a wake-up while there are none. */
final class ClaimLoop implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final JobClaimer claimer;
    private final int shards;
    private final ActiveJobs active;
    private final Consumer<HeldJob> runner;
    private final Loop loop;

    /** Starts claiming; each job taken is given to the runner, which must not block. */
    ClaimLoop(JobClaimer claimer, int shards, ActiveJobs active, Consumer<HeldJob> runner) {
        this.claimer = claimer;
        this.shards = shards;
        this.active = active;
        this.runner = runner;
        this.loop = Loop.start("claim", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() throws InterruptedException {
        int room = active.awaitRoom();
        int claimed = 0;
        for (int shard = 0; shard < shards && claimed < room; shard++) {
            for (ClaimedJob job : claimer.claim(shard, room - claimed)) {
                runner.accept(active.take(job));
                claimed++;
            }
        }
        if (claimed == 0) {
            claimer.awaitWork(LONGEST_WAIT);
        }
        return Duration.ZERO;
    }
}
