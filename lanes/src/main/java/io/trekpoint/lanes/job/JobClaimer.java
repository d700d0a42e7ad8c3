package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobStatus.Word;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Claims jobs and reads their input. Owns {@code claim.lua} and {@code ring.lua}. Thread-safe. */
public final class JobClaimer {
    private static final Logger LOG = Logger.getLogger(JobClaimer.class);
    private static final Script CLAIM = Script.load("claim");
    private static final Script RING = Script.load("ring");
    private static final Duration WAKE_GRACE = Duration.ofMillis(500);

    private final Lane lane;
    private final FollowClient waiting;
    private final JobConfig config;
    private final Supplier<JobRules> rules;
    private final String bell = JobKeys.of(0).bell(JobId.randomText());

    /**
     * Claims over the jobs lane, each call by the rules of its moment; waits on its follow client.
     */
    public JobClaimer(Lane lane, FollowClient waiting, JobConfig config, Supplier<JobRules> rules) {
        this.lane = lane;
        this.waiting = waiting;
        this.config = config;
        this.rules = rules;
    }

    /** Fresh tokens for a claim of so many jobs; to be used again until the claim is answered. */
    public static List<String> tokens(int wanted) {
        List<String> tokens = new ArrayList<>(wanted);
        for (int i = 0; i < wanted; i++) {
            tokens.add(JobId.randomText());
        }
        return tokens;
    }

    /**
     * Claims jobs of a shard, at most one for each token, under a lease.
     *
     * @param tokens fresh ones
     * @throws LaneException when the lane gives no answer
     */
    public List<ClaimedJob> claim(int shard, List<String> tokens) {
        return claim(shard, tokens, false);
    }

    /**
     * Asks again for what a claim without an answer has taken, or takes jobs now; that one takes
     * nothing any more, should it be on its way yet.
     *
     * @param tokens those of the other claim
     * @throws LaneException when the lane gives no answer
     */
    public List<ClaimedJob> claimAgain(int shard, List<String> tokens) {
        return claim(shard, tokens, true);
    }

    private List<ClaimedJob> claim(int shard, List<String> tokens, boolean again) {
        Response reply =
                CLAIM.run(lane, List.of(JobKeys.of(shard).meta()), arguments(tokens, again));
        return claimed(shard, Objects.requireNonNull(reply));
    }

    private List<Object> arguments(List<String> tokens, boolean again) {
        JobRules now = rules.get();
        List<Object> args = new ArrayList<>();
        args.add(now.kept().events());
        args.add(now.lease().toMillis());
        args.add(now.line().ageingStep().toMillis());
        args.add(config.shards());
        args.add(again ? 1 : 0);
        args.addAll(tokens);
        return args;
    }

    /**
     * Reads what part {@code claim} of the scripts answers. A job that cannot be read is left for
     * its lease to lapse, as one that kills its worker is: it holds up none of those beside it.
     */
    static List<ClaimedJob> claimed(int shard, Response jobs) {
        List<ClaimedJob> claimed = new ArrayList<>(jobs.size());
        for (Response job : jobs) {
            try {
                claimed.add(job(shard, job));
            } catch (CorruptRecordException e) {
                LOG.errorf("%s; it is not worked on", e.getMessage());
            }
        }
        return claimed;
    }

    /**
     * Waits until a submit or a requeue wakes one worker, or this one's bell rings, and then claims
     * as {@link #claim} does. The claim lies at Redis meanwhile, so that it follows the news at
     * once.
     *
     * @param longest how long to wait in vain before the claim; at least 10 ms
     * @throws LaneException when the lane gives no answer; the claim may be carried out yet
     */
    public List<ClaimedJob> awaitAndClaim(int shard, List<String> tokens, Duration longest) {
        Request wait = Request.cmd(Command.BLPOP);
        for (int each = 0; each < config.shards(); each++) {
            wait.arg(JobKeys.of(each).wake());
        }
        wait.arg(bell).arg(longest.toMillis() / 1000.0);
        Response reply =
                CLAIM.runAfter(
                        waiting,
                        wait,
                        lane,
                        List.of(JobKeys.of(shard).meta()),
                        arguments(tokens, false),
                        longest.plus(WAKE_GRACE));
        return claimed(shard, Objects.requireNonNull(reply));
    }

    /**
     * Ends the wait of {@link #awaitAndClaim}, now or the next one's.
     *
     * @throws LaneException when the lane gives no answer
     */
    public void ring() {
        RING.run(lane, List.of(bell), List.of(WAKE_GRACE.toMillis()));
    }

    /**
     * Opens a claimed job's input, as often as it is wanted. One that has not come along is
     * fetched: reading throws {@link LaneException} or {@link MissingChunkException}.
     */
    public InputStream openInput(ClaimedJob job) {
        if (job.input().hasRemaining()) {
            return ChunkedInput.of(job.input());
        }
        JobKeys keys = JobKeys.of(job.id().shard());
        return ChunkedInput.open(
                lane,
                job.id(),
                job.inputChunks(),
                k -> Request.cmd(Command.GET).arg(keys.input(job.id(), k)));
    }

    private static ClaimedJob job(int shard, Response job) {
        JobId id = new JobId(shard, job.get(0).toString());
        JobStatus status = JobStatus.of(id, job.get(1).toString());
        return new ClaimedJob(
                id,
                status.text(Word.TOKEN),
                (int) status.number(Word.ATTEMPT),
                status.text(Word.CLIENT),
                status.text(Word.TIER),
                status.text(Word.TYPE),
                job.get(2).toString(),
                (int) status.number(Word.IN_CHUNKS),
                status.number(Word.IN_BYTES),
                ByteBuffer.wrap(job.get(4).toBytes()).asReadOnlyBuffer(),
                job.get(3).toString(),
                Duration.between(status.time(Word.SINCE), status.time(Word.CLAIMED)));
    }
}
