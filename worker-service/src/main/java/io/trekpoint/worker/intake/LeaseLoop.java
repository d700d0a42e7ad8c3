package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.JobRenewer;
import io.trekpoint.lanes.job.JobRules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Renews the leases of all held jobs every third of a lease, and stops work on those it lost. Looks
 * at least once a second, so that a lease that operators have shortened does not lapse meanwhile.
 */
final class LeaseLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LeaseLoop.class);

    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private final JobRenewer renewer;
    private final ActiveJobs active;
    private final Supplier<JobRules> rules;
    private final JobMeters meters;
    private final Loop loop;

    LeaseLoop(JobRenewer renewer, Supplier<JobRules> rules, ActiveJobs active, JobMeters meters) {
        this.renewer = renewer;
        this.active = active;
        this.rules = rules;
        this.meters = meters;
        this.loop = Loop.start("lease", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        Map<Integer, Map<ClaimedJob, Double>> byShard = new LinkedHashMap<>();
        List<HeldJob> held = active.held();
        for (HeldJob each : held) {
            byShard.computeIfAbsent(each.job().id().shard(), _ -> new LinkedHashMap<>())
                    .put(each.job(), each.progress());
        }
        EachShard.run(
                byShard.keySet(),
                shard -> heed(held, renewer.renew(shard, byShard.getOrDefault(shard, Map.of()))));
        Duration third = rules.get().lease().dividedBy(3);
        return third.compareTo(LONGEST_REST) < 0 ? third : LONGEST_REST;
    }

    private void heed(List<HeldJob> held, Map<ClaimedJob, JobRenewer.Answer> answers) {
        for (HeldJob each : held) {
            switch (answers.getOrDefault(each.job(), JobRenewer.Answer.OK)) {
                case OK -> {}
                case LOST -> {
                    // An attempt that is over was finished meanwhile, and nothing is wrong; or else
                    // its finish
                    // is told so.
                    if (!each.ending() && !each.stopped()) {
                        LOG.infof(
                                "job %s is not ours any more, attempt %d stops",
                                each.job().id(), each.job().attempt());
                        meters.leaseLost();
                        each.stop();
                    }
                }
                case CANCEL -> {
                    if (!each.cancelled()) {
                        LOG.infof("job %s is to be cancelled", each.job().id());
                        each.log().add("cancelled by its client");
                        each.cancel();
                    }
                }
            }
        }
    }
}
