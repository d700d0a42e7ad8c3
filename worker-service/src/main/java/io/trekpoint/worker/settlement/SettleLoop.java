package io.trekpoint.worker.settlement;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trekpoint.lanes.guard.Fault;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobSettlements;
import io.trekpoint.lanes.job.JobSettlements.Settlement;
import io.trekpoint.lanes.limit.Reservations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does to the quotas what the ends of jobs say, and strikes out what is done. Runs on every worker;
 * while either lane gives no answer, what is to be settled waits in the job's shard.
 */
@ApplicationScoped
class SettleLoop {
    private static final Logger LOG = Logger.getLogger(SettleLoop.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final JobSettlements settlements;
    private final Reservations reservations;
    private final JobConfig config;
    private final MeterRegistry meters;

    /** What could not be settled and is told of: it is tried again each time. */
    private final Set<Settlement> refused = ConcurrentHashMap.newKeySet();

    private @Nullable Loop loop;

    SettleLoop(
            JobSettlements settlements,
            Reservations reservations,
            JobConfig config,
            MeterRegistry meters) {
        this.settlements = settlements;
        this.reservations = reservations;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("settle", this::turn);
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
    }

    /** Does all that is there to be done. */
    void settleAll() {
        for (int shard = 0; shard < config.shards(); shard++) {
            List<Settlement> page = settlements.pending(shard);
            while (!page.isEmpty()) {
                settlements.done(shard, page.stream().filter(this::settle).toList());
                page = settlements.pending(shard, page.getLast());
            }
        }
    }

    private Duration turn() {
        settleAll();
        return INTERVAL;
    }

    /**
     * False where it cannot be: what is stored of one client's quota does not hold up the others.
     */
    private boolean settle(Settlement settlement) {
        boolean ended;
        try {
            ended =
                    reservations.settle(
                            settlement.client(), settlement.reservation(), settlement.givenBack());
        } catch (LaneException e) {
            if (e.fault() != Fault.REJECTED) {
                throw e;
            }
            if (refused.add(settlement)) {
                LOG.errorf(e, "a quota of %s cannot be settled", settlement.client());
            }
            return false;
        }
        refused.remove(settlement);
        if (ended) {
            meters.counter("trek.quota.settled", "charge", settlement.givenBack() ? "back" : "kept")
                    .increment();
        }
        return true;
    }
}
