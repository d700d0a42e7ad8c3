package io.trekpoint.worker.intake;

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
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Does the work of one attempt, up to an ending that can be told in one call: the output stored, if
 * it is large. A lane that is away costs waiting, never the work: reading starts over, storing is
 * repeated until Redis answers. Thread-safe.
 */
final class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Map<String, JobEngine> engines;
    private final JobFinisher finisher;

    JobRunner(Iterable<JobEngine> engines, JobFinisher finisher) {
        Map<String, JobEngine> byType = new HashMap<>();
        engines.forEach(engine -> engine.types().forEach(type -> byType.put(type, engine)));
        this.engines = Map.copyOf(byType);
        this.finisher = finisher;
    }

    /**
     * Works until there is something to tell; interrupting the thread of a job that was stopped
     * hastens it.
     *
     * @return empty when the job is not ours any more, or was given up
     */
    Optional<Ending> run(HeldJob held) {
        Duration waited = held.job().waited().plus(held.held());
        held.log().add("begun, after " + waited.toMillis() + " ms in line");
        try {
            Optional<Ending> ending = untilAnswered(held, () -> work(held));
            if (ending.isPresent()) {
                tell(held, ending.get());
                ending = stored(held, ending.get());
            }
            return ending.isPresent() ? ending : cancelled(held);
        } catch (InterruptedException e) {
            return cancelled(held);
        } catch (RuntimeException | Error e) {
            // An error too: nobody else ends this attempt, and its lease would be renewed for ever.
            return Optional.of(broken(held, e));
        }
    }

    /**
     * Stores the output of an ending, where there is one.
     *
     * @return the ending; empty when the token is gone, or the job was given up
     */
    Optional<Ending> stored(HeldJob held, Ending ending) throws InterruptedException {
        if (!(ending instanceof Ending.Succeeded(_, var output))) {
            return Optional.of(ending);
        }
        return untilAnswered(
                held,
                () -> finisher.store(held.job(), output) ? Optional.of(ending) : Optional.empty());
    }

    private static Optional<Ending> cancelled(HeldJob held) {
        return held.cancelled() ? Optional.of(new Ending.Cancelled(true)) : Optional.empty();
    }

    private Optional<Ending> work(HeldJob held) {
        JobEngine engine = engines.get(held.job().type());
        if (engine == null) {
            return Optional.of(
                    new Ending.Again(
                            failure("UNKNOWN_TYPE", "no worker knows this job type", true)));
        }
        held.begin();
        try {
            return engine.work(held);
        } catch (MissingChunkException e) {
            LOG.errorf("job %s: %s", held.job().id(), e.getMessage());
            return Optional.of(
                    new Ending.Failed(
                            failure("INPUT_GONE", "the stored input is incomplete", true)));
        } finally {
            held.rest();
        }
    }

    private static Ending broken(HeldJob held, Throwable e) {
        LOG.errorf(
                e, "job %s, attempt %d: the engine failed", held.job().id(), held.job().attempt());
        held.log().add("the engine failed: " + e.getClass().getSimpleName());
        Ending ending =
                new Ending.Again(failure("INTERNAL", "the engine failed on this input", true));
        tell(held, ending);
        return ending;
    }

    /** One try of something that needs the lane. */
    @FunctionalInterface
    private interface Try {
        Optional<Ending> go();
    }

    /** Repeats while the lane gives no answer; empty once the job is stopped meanwhile. */
    private static Optional<Ending> untilAnswered(HeldJob held, Try step)
            throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault());
        boolean waited = false;
        while (!held.stopped()) {
            try {
                return step.go();
            } catch (LaneException e) {
                if (givenUp(held, e)) {
                    return Optional.empty();
                }
                if (!waited) {
                    held.log().add("waits for the lane: " + e.fault().label());
                    waited = true;
                }
                backoff.pause();
            }
        }
        return Optional.empty();
    }

    /**
     * An error of the data does not go away by asking again: the lease lapses, attempts bound it.
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

    private static void tell(HeldJob held, Ending ending) {
        long millis = held.sinceBegun().toMillis();
        held.log()
                .add(
                        switch (ending) {
                            case Ending.Succeeded(_, var output) ->
                                    "done after " + millis + " ms, " + output.bytes() + " bytes";
                            case Ending.Failed(var failure) ->
                                    "failed after %d ms: %s".formatted(millis, failure.code());
                            case Ending.Again(var failure) ->
                                    "failed for now after %d ms: %s"
                                            .formatted(millis, failure.code());
                            case Ending.Cancelled _, Ending.GivenBack _ ->
                                    "stopped after %d ms".formatted(millis);
                        });
    }

    private static JobFailure failure(String code, String message, boolean retryable) {
        return new JobFailure(code, message, OptionalInt.empty(), OptionalInt.empty(), retryable);
    }
}
