package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.job.ChunkedOutput;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.FinishedOutput;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobReaper;
import io.trekpoint.lanes.job.JobRenewer;
import io.trekpoint.lanes.job.JobRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The loops of a worker, as the product runs them, around an engine that reads its input and does
 * next to nothing.
 */
public final class BenchWorker implements AutoCloseable {
    /** The type of the jobs it works on. */
    public static final String TYPE = "bench";

    /** What is done for a job. */
    @FunctionalInterface
    public interface Task {
        /** Does it, as its parameters say; an interruption gives it up. */
        void run(String parameters) throws InterruptedException;
    }

    private static final Duration HARD_LIMIT = Duration.ofMinutes(10);

    private final Deque<AutoCloseable> loops = new ArrayDeque<>();
    private final ActiveJobs active;

    /** Starts claiming and working. */
    public BenchWorker(
            Lane lane,
            FollowClient waiting,
            JobConfig config,
            Supplier<JobRules> rules,
            Task task,
            int concurrency) {
        InstantSource clock = InstantSource.system();
        JobMeters meters =
                new JobMeters(
                        new SimpleMeterRegistry(), new JobTraces(TracerProvider.noop().get("")));
        JobFinisher finisher = new JobFinisher(lane, rules);
        JobClaimer claimer = new JobClaimer(lane, waiting, config, rules);
        WorkPool pool = new WorkPool(concurrency);
        active = new ActiveJobs(concurrency, clock);
        Workbench bench =
                new Workbench(
                        new JobRunner(List.of(new Engine(claimer, task)), finisher),
                        finisher,
                        config.shards(),
                        active,
                        pool,
                        meters);
        loops.push(pool);
        loops.push(new ReapLoop(new JobReaper(lane, rules), config.shards()));
        loops.push(new LeaseLoop(new JobRenewer(lane, rules), rules, active, meters));
        loops.push(new LimitLoop(active, bench, _ -> HARD_LIMIT));
        loops.push(bench);
        loops.push(
                new ClaimLoop(
                        claimer, config.shards(), active, bench, new ClaimPulse(lane, clock)));
    }

    /** Jobs that are claimed and not ended. */
    public int held() {
        return active.count();
    }

    @Override
    public void close() {
        while (!loops.isEmpty()) {
            try {
                loops.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a loop that does not end", e);
            }
        }
    }

    private record Engine(JobClaimer claimer, Task task) implements JobEngine {
        @Override
        public Set<String> types() {
            return Set.of(TYPE);
        }

        @Override
        public Optional<Ending> work(HeldJob held) {
            read(held);
            try {
                task.run(held.job().parameters());
            } catch (InterruptedException e) {
                return Optional.empty();
            }
            List<byte[]> chunks = new ArrayList<>();
            try (ChunkedOutput output = JobFinisher.collect(chunks)) {
                output.write("done".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Optional.of(
                    new Ending.Succeeded(
                            "{}", new FinishedOutput("text/plain", 4, "0".repeat(64), chunks)));
        }

        private void read(HeldJob held) {
            try (InputStream input = claimer.openInput(held.job())) {
                input.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
