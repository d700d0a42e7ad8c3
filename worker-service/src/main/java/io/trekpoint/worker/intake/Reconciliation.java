package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobReconciler;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Sweeps over the open jobs and repairs what does not hold together. Runs on every worker, which
 * share one sweep.
 */
@ApplicationScoped
class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    /** About ten thousand jobs a turn, in steps that hold Redis for a millisecond or two. */
    private static final int MOST_STEPS = 50;

    private final JobReconciler reconciler;
    private final JobConfig config;
    private final Counter repairs;

    Reconciliation(JobReconciler reconciler, JobConfig config, MeterRegistry meters) {
        this.reconciler = reconciler;
        this.config = config;
        this.repairs =
                Counter.builder("trek.jobs.repairs")
                        .description("What the sweep over the open jobs had to set right")
                        .register(meters);
    }

    @Scheduled(
            every = "2s",
            delayed = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void reconcile() {
        for (int shard = 0; shard < config.shards(); shard++) {
            try {
                sweep(shard);
            } catch (LaneException e) {
                LOG.debugf("shard %d: the sweep waits for its turn: %s", shard, e.getMessage());
            }
        }
    }

    private void sweep(int shard) {
        for (int step = 0; step < MOST_STEPS; step++) {
            JobReconciler.Swept swept = reconciler.reconcile(shard);
            if (swept.repairs() > 0) {
                LOG.warnf("shard %d: %d repairs of open jobs", shard, swept.repairs());
                repairs.increment(swept.repairs());
            }
            if (swept.round()) {
                return;
            }
        }
    }
}
