package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.trekpoint.lanes.guard.Backoff;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.JobFailure;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.MissingChunkException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Runs one attempt of a job from claim to finish. A lane that is away costs waiting, never the
 * work: reading starts over, finishing is repeated until Redis says OK or LOST.
 */
final class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Map<String, JobEngine> engines;
    private final JobFinisher finisher;
    private final MeterRegistry meters;

    JobRunner(Iterable<JobEngine> engines, JobFinisher finisher, MeterRegistry meters) {
        Map<String, JobEngine> byType = new HashMap<>();
        engines.forEach(engine -> engine.types().forEach(type -> byType.put(type, engine)));
        this.engines = Map.copyOf(byType);
        this.finisher = finisher;
        this.meters = meters;
    }

    /** Runs the attempt to its end. Interrupting the thread gives the job up: its lease lapses. */
    void run(HeldJob held) {
        long began = System.nanoTime();
        String outcome = "stopped";
        try {
            Optional<Ending> ending = untilAnswered(held);
            if (ending.isPresent()) {
                outcome = finish(held, ending.get());
            }
        } catch (InterruptedException e) {
            LOG.infof("job %s given up, it will be claimed again", held.job().id());
        }
        meters.timer("trek.job.attempts", "type", held.job().type(), "outcome", outcome)
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private Optional<Ending> work(HeldJob held) {
        JobEngine engine = engines.get(held.job().type());
        if (engine == null) {
            return Optional.of(
                    new Ending.Again(
                            failure("UNKNOWN_TYPE", "no worker knows this job type", true)));
        }
        try {
            return engine.work(held);
        } catch (LaneException e) {
            throw e;
        } catch (MissingChunkException e) {
            LOG.errorf("job %s: %s", held.job().id(), e.getMessage());
            return failed("INPUT_GONE", "the stored input is incomplete", false);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(
                    e,
                    "job %s, attempt %d: the engine failed",
                    held.job().id(),
                    held.job().attempt());
            return Optional.of(
                    new Ending.Again(failure("INTERNAL", "the engine failed on this input", true)));
        }
    }

    /**
     * Asks until Redis says OK or LOST, also once the lease seems lost: an earlier try may have
     * done it.
     */
    private String finish(HeldJob held, Ending ending) throws InterruptedException {
        Backoff backoff = newBackoff();
        while (true) {
            try {
                switch (finisher.finish(held.job(), ending)) {
                    case OK -> {
                        return label(ending);
                    }
                    case LOST -> {
                        LOG.warnf(
                                "job %s: the finish of attempt %d came too late, its token is gone",
                                held.job().id(), held.job().attempt());
                        return "lost";
                    }
                    case OUTPUT_GONE ->
                            LOG.warnf(
                                    "job %s: its output lapsed before the finish", held.job().id());
                }
            } catch (LaneException e) {
                if (givenUp(held, e)) {
                    return "given-up";
                }
                backoff.pause();
            }
        }
    }

    /** Repeats the work while the lane gives no answer; empty once the job is stopped meanwhile. */
    private Optional<Ending> untilAnswered(HeldJob held) throws InterruptedException {
        Backoff backoff = newBackoff();
        while (!held.stopped()) {
            try {
                return work(held);
            } catch (LaneException e) {
                if (givenUp(held, e)) {
                    return Optional.empty();
                }
                backoff.pause();
            }
        }
        return Optional.empty();
    }

    /**
     * An error of the script or the data does not go away by asking again: the lease lapses,
     * attempts bound it.
     */
    private static boolean givenUp(HeldJob held, LaneException e) throws InterruptedException {
        return switch (e.fault()) {
            case INTERRUPTED -> throw new InterruptedException(e.getMessage());
            case REJECTED -> {
                LOG.errorf(e, "job %s, attempt %d given up", held.job().id(), held.job().attempt());
                yield true;
            }
            case DEAD,
                    SLOW,
                    LOADING,
                    BUSY,
                    MASTER_DOWN,
                    READ_ONLY,
                    OUT_OF_MEMORY,
                    MISCONFIGURED,
                    DENIED -> {
                LOG.debugf("job %s waits: %s", held.job().id(), e.getMessage());
                yield false;
            }
        };
    }

    private static String label(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded _ -> "succeeded";
            case Ending.Failed _ -> "failed";
            case Ending.Again _ -> "again";
            case Ending.Cancelled _ -> "cancelled";
            case Ending.GivenBack _ -> "given-back";
        };
    }

    private static Backoff newBackoff() {
        return new Backoff(FIRST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault());
    }

    private static Optional<Ending> failed(String code, String message, boolean retryable) {
        return Optional.of(new Ending.Failed(failure(code, message, retryable)));
    }

    private static JobFailure failure(String code, String message, boolean retryable) {
        return new JobFailure(code, message, OptionalInt.empty(), OptionalInt.empty(), retryable);
    }
}
