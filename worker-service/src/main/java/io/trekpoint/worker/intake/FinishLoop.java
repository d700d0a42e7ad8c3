package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Fault;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.Attempt;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobFinisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Ends attempts of one shard, as many in one call as have ended meanwhile, and claims as many jobs
 * in the same call, or some ahead: a busy worker needs a part of a round trip for each job. A call
 * without an answer is repeated as it was until Redis answers; what has ended waits in the queue,
 * which other loops of the shard may share.
 */
final class FinishLoop implements AutoCloseable {
    /** Where jobs go from here. */
    interface Next {
        /** A job was claimed: to be worked on. */
        void work(HeldJob held);

        /** An output lapsed before it was published: to be stored and offered again. */
        void storeAgain(HeldJob held, Ending ending);
    }

    private static final Logger LOG = Logger.getLogger(FinishLoop.class);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private final int shard;
    private final int shards;
    private final JobFinisher finisher;
    private final ActiveJobs active;
    private final JobMeters meters;
    private final Next next;
    private final FinishQueue queue;
    private final Loop loop;
    private volatile boolean claiming = true;
    private int calls;
    private List<FinishQueue.Over> batch = List.of();
    private List<String> tokens = List.of();

    /** Whether the call for this batch was made, and not answered. */
    private boolean asked;

    /** Whether the call under way leaves what becomes free to be claimed from all shards. */
    private boolean forAll;

    /** How many more jobs the call under way claims than it ends; negative for fewer. */
    private int more;

    /** Whether the last call that asked for jobs has brought all of them: more are in line. */
    private boolean plenty;

    FinishLoop(
            int shard,
            int shards,
            FinishQueue queue,
            JobFinisher finisher,
            ActiveJobs active,
            JobMeters meters,
            Next next) {
        this.shard = shard;
        this.shards = shards;
        this.queue = queue;
        this.finisher = finisher;
        this.active = active;
        this.meters = meters;
        this.next = next;
        this.loop = Loop.start("finish-" + shard, this::turn);
    }

    /** Ends what is offered, and takes no more jobs on. */
    void claimNoMore() {
        claiming = false;
    }

    /** Lets the turn under way be the last one; does not wait for its end. */
    void stopAfterTurn() {
        loop.stopAfterTurn();
    }

    @Override
    public void close() {
        loop.closeAfterTurn(LONGEST_REST.multipliedBy(3));
    }

    private Duration turn() throws InterruptedException {
        if (batch.isEmpty()) {
            List<FinishQueue.Over> gathered = queue.take(LONGEST_REST);
            if (gathered.isEmpty()) {
                return Duration.ZERO;
            }
            take(gathered);
        }
        try {
            heed(ask());
        } catch (LaneException e) {
            if (e.fault() != Fault.REJECTED) {
                throw e;
            }
            apart(e);
        }
        return Duration.ZERO;
    }

    private JobFinisher.Turn ask() {
        boolean again = asked;
        asked = true;
        return again
                ? finisher.finishAgain(shard, attempts(), tokens)
                : finisher.finish(shard, attempts(), tokens);
    }

    private void take(List<FinishQueue.Over> gathered) {
        batch = gathered;
        asked = false;
        tokens = List.of();
        forAll = claiming && isForAll();
        if (claiming && !forAll) {
            more = active.more(gathered.size(), plenty);
            tokens = JobClaimer.tokens(gathered.size() + more);
        }
    }

    /**
     * Whether what becomes free does not stay with this shard. Of as many calls as there are shards
     * one leaves it to the loop that claims from all of them by turns: else a shard with much to do
     * would keep every place of the worker.
     */
    private boolean isForAll() {
        calls = (calls + 1) % shards;
        return shards > 1 && calls == 0;
    }

    private List<Attempt> attempts() {
        return batch.stream()
                .map(over ->
                        new Attempt(over.held().job(), over.ending(), over.held().log().text()))
                .toList();
    }

    private void heed(JobFinisher.Turn turn) {
        List<HeldJob> freed = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            FinishQueue.Over over = batch.get(i);
            switch (turn.answers().get(i)) {
                case OK -> {
                    meters.attempt(over.held(), label(over.ending()));
                    freed.add(over.held());
                }
                case LOST -> {
                    meters.attempt(over.held(), "lost");
                    LOG.warnf(
                            "job %s: the finish of attempt %d came too late, its token is gone",
                            over.held().job().id(), over.held().job().attempt());
                    freed.add(over.held());
                }
                case OUTPUT_GONE -> {
                    LOG.warnf(
                            "job %s: its output lapsed before the finish", over.held().job().id());
                    next.storeAgain(over.held(), over.ending());
                }
            }
        }
        if (!tokens.isEmpty()) {
            plenty = turn.claimed().size() == tokens.size();
        }
        over();
        passOn(freed, turn.claimed());
        settle();
    }

    /** The call is answered, or given up. */
    private void over() {
        batch = List.of();
        queue.answered();
    }

    private void settle() {
        active.brought(more);
        more = 0;
    }

    /** What was claimed takes the places of what is over. */
    private void passOn(List<HeldJob> freed, List<ClaimedJob> claimed) {
        for (int i = 0; i < claimed.size(); i++) {
            ClaimedJob job = claimed.get(i);
            next.work(i < freed.size() ? active.replace(freed.get(i), job) : active.take(job));
        }
        freed.stream().skip(claimed.size()).forEach(forAll ? active::vacate : active::release);
    }

    /**
     * An error of the script or the data does not go away by asking again. Of many, one may be to
     * blame: each is tried by itself. One alone is given up: its lease lapses, attempts bound it.
     */
    private void apart(LaneException e) {
        // What it claimed before it failed is lost until its leases lapse: that is not to grow.
        plenty = false;
        if (batch.size() == 1) {
            HeldJob held = batch.getFirst().held();
            LOG.errorf(e, "job %s, attempt %d given up", held.job().id(), held.job().attempt());
            meters.attempt(held, "given-up");
            over();
            active.release(held);
            settle();
        } else {
            settle();
            queue.putBack(batch.subList(1, batch.size()));
            take(List.of(batch.getFirst()));
        }
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
}
