package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Backoff;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.JobClaimer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Claims jobs while there is room for them, and waits for a wake-up while there are none. */
final class ClaimLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ClaimLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final Duration LONGEST_CLAIM = Duration.ofSeconds(3);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(2);
    private static final Duration SETTLING_PAUSE = Duration.ofMillis(100);

    private final JobClaimer claimer;
    private final int shards;
    private final ActiveJobs active;
    private final Workbench bench;
    private final ClaimPulse pulse;
    private final Duration longestWait;
    private final ReentrantLock claiming = new ReentrantLock();

    /** Whose turn it is; one that has work for all does not keep the others waiting. */
    private int next;

    /** Whether the last look has found that no shard has work: the next one waits for news. */
    private boolean nothingLeft;

    private final Map<Integer, List<String>> unanswered = new HashMap<>();
    private final Loop loop;

    /** Starts claiming. */
    ClaimLoop(
            JobClaimer claimer, int shards, ActiveJobs active, Workbench bench, ClaimPulse pulse) {
        this(claimer, shards, active, bench, pulse, LONGEST_WAIT);
    }

    /**
     * Starts claiming.
     *
     * @param longestWait how long it waits in vain, for room or for work, before it looks by itself
     */
    ClaimLoop(
            JobClaimer claimer,
            int shards,
            ActiveJobs active,
            Workbench bench,
            ClaimPulse pulse,
            Duration longestWait) {
        this.claimer = claimer;
        this.shards = shards;
        this.active = active;
        this.bench = bench;
        this.pulse = pulse;
        this.longestWait = longestWait;
        this.loop = Loop.start("claim", this::turn);
    }

    /**
     * Ends a wait at once, but lets a claim under way be answered, as that behind a wait is: its
     * jobs would otherwise wait for their lease to lapse.
     */
    @Override
    public void close() {
        loop.stopAfterTurn();
        try {
            claimer.ring();
        } catch (LaneException e) {
            LOG.debugf("the wait for work ends by itself: %s", e.getMessage());
        }
        boolean answered = awaitClaim();
        loop.close();
        if (answered || awaitClaim()) {
            try {
                askForUnanswered();
            } finally {
                claiming.unlock();
            }
        }
    }

    /**
     * Takes on what claims without an answer have taken, as long as Redis can be reached in a
     * while: it is done, or given back, and need not wait for its lease to lapse.
     */
    private void askForUnanswered() {
        long until = System.nanoTime() + LONGEST_SETTLING.toNanos();
        Backoff backoff = new Backoff(SETTLING_PAUSE, SETTLING_PAUSE, RandomGenerator.getDefault());
        while (!unanswered.isEmpty() && System.nanoTime() < until) {
            try {
                for (int shard : List.copyOf(unanswered.keySet())) {
                    claimFrom(shard, 0, false).forEach(job -> bench.work(active.take(job)));
                }
            } catch (LaneException e) {
                LOG.debugf("a claim is asked for again: %s", e.getMessage());
                if (!backoff.tryPause()) {
                    return;
                }
            }
        }
    }

    private boolean awaitClaim() {
        try {
            return claiming.tryLock(LONGEST_CLAIM.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration turn() throws InterruptedException {
        int room = active.awaitRoom(longestWait);
        boolean wait = nothingLeft && room > 0;
        nothingLeft = false;
        // One job is what a wait is for: what lies at Redis would take as many without us, if this
        // process stood still meanwhile. The next turn claims the others.
        int claimed = claim(wait ? 1 : room, wait);
        pulse.beat();
        // What has waited asks one shard alone, and has not looked at the others.
        nothingLeft = room > 0 && claimed == 0 && (!wait || shards == 1);
        return Duration.ZERO;
    }

    private int claim(int room, boolean wait) throws InterruptedException {
        claiming.lockInterruptibly();
        try {
            int claimed = 0;
            for (int turn = 0; turn < (wait ? 1 : shards) && claimed < room; turn++) {
                int shard = next;
                // Before it is asked: one that gives no answer does not keep the others from
                // theirs.
                next = (next + 1) % shards;
                for (ClaimedJob job : claimFrom(shard, room - claimed, wait)) {
                    bench.work(active.take(job));
                    claimed++;
                }
            }
            return claimed;
        } finally {
            claiming.unlock();
        }
    }

    /**
     * A claim without an answer may have been carried out: it is asked again with the same tokens.
     */
    private List<ClaimedJob> claimFrom(int shard, int most, boolean wait) {
        List<String> lost = unanswered.get(shard);
        List<String> tokens = lost == null ? JobClaimer.tokens(most) : lost;
        unanswered.put(shard, tokens);
        List<ClaimedJob> jobs;
        if (lost != null) {
            jobs = claimer.claimAgain(shard, tokens);
        } else if (wait) {
            jobs = claimer.awaitAndClaim(shard, tokens, longestWait);
        } else {
            jobs = claimer.claim(shard, tokens);
        }
        unanswered.remove(shard);
        return jobs;
    }
}
