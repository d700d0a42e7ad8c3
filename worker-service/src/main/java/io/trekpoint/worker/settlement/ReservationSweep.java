package io.trekpoint.worker.settlement;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobSettlements;
import io.trekpoint.lanes.job.JobSettlements.Fate;
import io.trekpoint.lanes.limit.Reservations;
import io.trekpoint.lanes.limit.Reservations.Overdue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks after reservations whose job has not said in time what becomes of them: where none came to
 * be they are released, where one is under way they wait. A job store that cannot be read says
 * nothing, and so nothing is released. Runs on every worker; each step is safe beside others.
 */
@ApplicationScoped
class ReservationSweep {
    private static final Logger LOG = Logger.getLogger(ReservationSweep.class);
    private static final Duration LATER = Duration.ofHours(1);

    private final SettleLoop settlements;
    private final JobSettlements jobs;
    private final Reservations reservations;
    private final JobConfig config;
    private final MeterRegistry meters;

    ReservationSweep(
            SettleLoop settlements,
            JobSettlements jobs,
            Reservations reservations,
            JobConfig config,
            MeterRegistry meters) {
        this.settlements = settlements;
        this.jobs = jobs;
        this.reservations = reservations;
        this.config = config;
        this.meters = meters;
    }

    @Scheduled(
            every = "5s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sweep() {
        try {
            List<Overdue> ended = new ArrayList<>();
            reservations.sweep(overdue -> look(overdue, ended));
            if (!ended.isEmpty()) {
                keep(ended);
            }
        } catch (LaneException e) {
            LOG.debugf("the sweep of reservations waits for its next turn: %s", e.getMessage());
        }
    }

    private void look(Overdue overdue, List<Overdue> ended) {
        switch (fate(overdue)) {
            case Fate.None() -> {
                if (reservations.release(overdue)) {
                    meters.counter("trek.quota.released").increment();
                    LOG.infof("reservation %s released: no job came to be", overdue.name());
                }
            }
            case Fate.Open(var job) -> reservations.lookAgain(overdue, job.text(), LATER);
            case Fate.Ended() -> ended.add(overdue);
        }
    }

    private Fate fate(Overdue overdue) {
        List<JobId> ids =
                overdue.jobs().stream()
                        .flatMap(text -> JobId.parse(text, config.shards()).stream())
                        .toList();
        return ids.isEmpty()
                ? new Fate.None()
                : jobs.fate(overdue.client(), overdue.name(), ids, overdue.key());
    }

    /** What these jobs had to say has been done before they are taken to have said nothing. */
    private void keep(List<Overdue> ended) {
        settlements.settleAll();
        ended.forEach(reservations::keep);
    }
}
