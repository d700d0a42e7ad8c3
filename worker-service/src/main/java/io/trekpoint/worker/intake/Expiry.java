package io.trekpoint.worker.intake;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobExpirer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Deletes ended jobs whose retention is over, or that hold too much. Runs on every worker; each
 * call is safe beside others.
 */
@ApplicationScoped
class Expiry {
    private static final Logger LOG = Logger.getLogger(Expiry.class);

    private final JobExpirer expirer;
    private final JobConfig config;

    Expiry(JobExpirer expirer, JobConfig config) {
        this.expirer = expirer;
        this.config = config;
    }

    @Scheduled(
            every = "5s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void expire() {
        for (int shard = 0; shard < config.shards(); shard++) {
            try {
                while (expirer.expire(shard) > 0) {
                    LOG.debugf("shard %d: ended jobs deleted", shard);
                }
            } catch (LaneException e) {
                LOG.debugf("shard %d: expiry waits for its next turn: %s", shard, e.getMessage());
            }
        }
    }
}
