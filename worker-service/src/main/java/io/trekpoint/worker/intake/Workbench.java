package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.JobFailure;
import io.trekpoint.lanes.job.JobFinisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/**
 * Where held jobs are worked on: from a claim over the pool to the loop that ends them. Whoever is
 * first says how an attempt ends: its worker, the time limit, or the end of this process.
 * Thread-safe.
 */
final class Workbench implements FinishLoop.Next, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Workbench.class);

    /** For each shard: while Redis works on one, the next is made. */
    private static final int CALLS_AT_ONCE = 2;

    private final JobRunner runner;
    private final ActiveJobs active;
    private final WorkPool pool;
    private final JobMeters meters;
    private final List<FinishQueue> over = new ArrayList<>();
    private final List<FinishLoop> finishing = new ArrayList<>();
    private volatile boolean givingBack;

    /** Starts the loops that end jobs, for each shard. */
    Workbench(
            JobRunner runner,
            JobFinisher finisher,
            int shards,
            ActiveJobs active,
            WorkPool pool,
            JobMeters meters) {
        this.runner = runner;
        this.active = active;
        this.pool = pool;
        this.meters = meters;
        for (int shard = 0; shard < shards; shard++) {
            FinishQueue queue = new FinishQueue(active);
            over.add(queue);
            for (int call = 0; call < CALLS_AT_ONCE; call++) {
                finishing.add(new FinishLoop(shard, shards, queue, finisher, active, meters, this));
            }
        }
    }

    @Override
    public void work(HeldJob held) {
        meters.claimed(held);
        if (givingBack) {
            giveBack(held);
        } else {
            pool.run(held, () -> run(held));
        }
    }

    @Override
    public void storeAgain(HeldJob held, Ending ending) {
        pool.run(
                held,
                () -> {
                    try {
                        Optional<Ending> stored = runner.stored(held, ending);
                        stored.ifPresentOrElse(again -> end(held, again), () -> drop(held));
                    } catch (InterruptedException e) {
                        drop(held);
                    } catch (RuntimeException | Error e) {
                        LOG.errorf(e, "job %s: its output cannot be stored", held.job().id());
                        drop(held);
                    }
                });
    }

    /** Ends a job whose thread does not come back: another one takes its place. */
    void timeOut(HeldJob held) {
        if (held.end()) {
            LOG.errorf(
                    "job %s, attempt %d: out of time, its thread is given up",
                    held.job().id(), held.job().attempt());
            held.log().add("out of time, the thread is given up");
            pool.giveUp(held);
            held.stop();
            end(
                    held,
                    new Ending.Failed(
                            new JobFailure(
                                    "TIME_LIMIT",
                                    "the attempt did not stop when its time was over",
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    false)));
        }
    }

    /**
     * Gives every held job back, so that another worker goes on with it at once. So is what a call
     * brings that had no answer until now.
     */
    void giveBackAll() {
        givingBack = true;
        active.held().forEach(this::giveBack);
    }

    private void giveBack(HeldJob held) {
        if (held.end()) {
            giveBack(held, "the worker stops");
        }
    }

    /** Gives a job back that no thread has begun. */
    void giveBackUnbegun(HeldJob held) {
        if (held.endUnbegun()) {
            active.took(held.held());
            giveBack(held, "no thread is free for it");
        }
    }

    private void giveBack(HeldJob held, String why) {
        LOG.infof("job %s is given back, %s", held.job().id(), why);
        held.log().add("given back, " + why);
        held.stop();
        end(held, new Ending.GivenBack(held.begun()));
    }

    /** Ends what is held, and takes no more jobs on. */
    void claimNoMore() {
        finishing.forEach(FinishLoop::claimNoMore);
    }

    @Override
    public void close() {
        // All at once: each may have a rest to end.
        finishing.forEach(FinishLoop::stopAfterTurn);
        finishing.forEach(FinishLoop::close);
    }

    private void run(HeldJob held) {
        if (held.stopped()) {
            endUnwanted(held);
            return;
        }
        // One that was given back before a thread came to it.
        if (!held.start()) {
            return;
        }
        meters.begun(held);
        long began = System.nanoTime();
        Optional<Ending> ending = runner.run(held);
        if (ending.filter(Workbench::isWork).isPresent()) {
            active.took(Duration.ofNanos(System.nanoTime() - began));
        }
        if (held.end()) {
            ending.ifPresentOrElse(told -> end(held, told), () -> drop(held));
        }
    }

    /** Ends a job that is in vain, or unwanted, before a thread came to it: nothing has run. */
    private void endUnwanted(HeldJob held) {
        if (held.endUnbegun()) {
            if (held.cancelled()) {
                end(held, new Ending.Cancelled(false));
            } else {
                drop(held);
            }
        }
    }

    /**
     * Whether its time says how long such jobs take. A worker that can do none of them, or does
     * what nobody wants, is to have no more of them for being quick.
     */
    private static boolean isWork(Ending ending) {
        return ending instanceof Ending.Succeeded || ending instanceof Ending.Failed;
    }

    private void end(HeldJob held, Ending ending) {
        over.get(held.job().id().shard()).offer(held, ending);
    }

    private void drop(HeldJob held) {
        LOG.infof(
                "job %s, attempt %d stopped without an ending",
                held.job().id(), held.job().attempt());
        meters.attempt(held, "stopped");
        active.release(held);
    }
}
