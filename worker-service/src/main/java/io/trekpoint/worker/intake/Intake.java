package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Starts and stops the loops of a worker. Stopping lets jobs in hand end within the grace, and
 * gives the others back.
 */
@ApplicationScoped
class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final WorkerConfig config;
    private final JobConfig jobs;
    private final JobSteps steps;
    private final Supplier<JobRules> rules;
    private final Mirror mirror;
    private final ClaimPulse pulse;
    private final JobMeters meters;
    private final ActiveJobs active;
    private final WorkPool pool;
    private final Workbench bench;
    private final Deque<AutoCloseable> loops = new ArrayDeque<>();

    Intake(
            WorkerConfig config,
            JobConfig jobs,
            JobSteps steps,
            Supplier<JobRules> rules,
            Mirror mirror,
            ClaimPulse pulse,
            InstantSource clock,
            Instance<JobEngine> engines,
            MeterRegistry registry,
            Tracer tracer) {
        this.config = config;
        this.jobs = jobs;
        this.steps = steps;
        this.rules = rules;
        this.mirror = mirror;
        this.pulse = pulse;
        this.meters = new JobMeters(registry, new JobTraces(tracer));
        int concurrency = config.concurrency().orElse(Runtime.getRuntime().availableProcessors());
        this.active = new ActiveJobs(concurrency, clock);
        this.pool = new WorkPool(concurrency);
        JobRunner runner = new JobRunner(engines, steps.finisher());
        this.bench = new Workbench(runner, steps.finisher(), jobs.shards(), active, pool, meters);
        Gauge.builder("trek.jobs.held", active, ActiveJobs::count)
                .description("Jobs this process works on, or has claimed ahead")
                .register(registry);
        Gauge.builder("trek.jobs.threads.lost", pool, WorkPool::lost)
                .description("Threads that were given up and have not come back")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        loops.push(new ReapLoop(steps.reaper(), jobs.shards()));
        loops.push(new PromoteLoop(steps.promoter(), jobs.shards()));
        loops.push(new LeaseLoop(steps.renewer(), rules, active, meters));
        loops.push(new LimitLoop(active, bench, this::hardLimit));
        loops.push(bench);
        loops.push(new ClaimLoop(steps.claimer(), jobs.shards(), active, bench, pulse));
    }

    /**
     * Claiming stops first and renewing last, so that nobody else takes what is still being done.
     * The last fifth of the grace is for giving back.
     */
    void stop(@Observes ShutdownEvent event) throws Exception {
        Duration forGivingBack = config.grace().dividedBy(5);
        loops.pop().close();
        bench.claimNoMore();
        if (!active.awaitIdle(config.grace().minus(forGivingBack))) {
            bench.giveBackAll();
            if (!active.awaitIdle(forGivingBack)) {
                LOG.warnf("%d jobs not given back, their leases will lapse", active.count());
            }
        }
        pool.close();
        while (!loops.isEmpty()) {
            loops.pop().close();
        }
    }

    private Duration hardLimit(HeldJob held) {
        return TimeLimits.hard(mirror.state(), held.job().type());
    }
}
