package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobPromoter;
import io.trekpoint.lanes.job.JobReaper;
import io.trekpoint.lanes.job.JobRenewer;
import io.trekpoint.lanes.job.JobRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Starts and stops the loops of a worker. Stopping lets jobs in hand end within the grace. */
@ApplicationScoped
class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final WorkerConfig config;
    private final JobConfig jobs;
    private final JobClaimer claimer;
    private final JobRenewer renewer;
    private final JobReaper reaper;
    private final JobPromoter promoter;
    private final JobRunner runner;
    private final Supplier<JobRules> rules;
    private final ActiveJobs active;
    private final ExecutorService pool;
    private final Deque<AutoCloseable> loops = new ArrayDeque<>();

    Intake(
            WorkerConfig config,
            JobConfig jobs,
            JobClaimer claimer,
            JobRenewer renewer,
            JobReaper reaper,
            JobPromoter promoter,
            JobFinisher finisher,
            Supplier<JobRules> rules,
            Instance<JobEngine> engines,
            MeterRegistry meters) {
        this.config = config;
        this.jobs = jobs;
        this.claimer = claimer;
        this.renewer = renewer;
        this.reaper = reaper;
        this.promoter = promoter;
        this.rules = rules;
        this.runner = new JobRunner(engines, finisher, meters);
        int concurrency = config.concurrency().orElse(Runtime.getRuntime().availableProcessors());
        this.active = new ActiveJobs(concurrency);
        this.pool =
                Executors.newFixedThreadPool(
                        concurrency, Thread.ofPlatform().name("trek-job-", 0).daemon().factory());
        Gauge.builder("trek.jobs.held", active, ActiveJobs::count)
                .description("Jobs this process works on")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        loops.push(new ReapLoop(reaper, jobs.shards()));
        loops.push(new PromoteLoop(promoter, jobs.shards()));
        loops.push(new LeaseLoop(renewer, rules, active));
        loops.push(new ClaimLoop(claimer, jobs.shards(), active, this::run));
    }

    /**
     * Claiming stops first and renewing last, so that nobody else takes what is still being done.
     */
    void stop(@Observes ShutdownEvent event) throws Exception {
        loops.pop().close();
        if (!active.awaitIdle(config.grace())) {
            LOG.warnf("%d jobs given up at shutdown, their leases will lapse", active.count());
        }
        pool.shutdownNow();
        while (!loops.isEmpty()) {
            loops.pop().close();
        }
    }

    private void run(HeldJob held) {
        pool.execute(() -> {
            try {
                runner.run(held);
            } finally {
                active.release(held);
            }
        });
    }
}
