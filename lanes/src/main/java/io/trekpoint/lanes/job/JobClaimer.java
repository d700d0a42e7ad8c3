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
    private static final Duration WAKE_GRACE = Duration.ofMillis(500);

    private final Lane lane;
    private final FollowClient waiting;
    private final JobConfig config;
    private final Supplier<JobRules> rules;

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
     * @param tokens fresh ones; after an exception the same again, which brings the jobs that the
     *     lost answer spoke of
     * @throws LaneException when the lane gives no answer
     */
    public List<ClaimedJob> claim(int shard, List<String> tokens) {
        JobRules now = rules.get();
        List<Object> args = new ArrayList<>();
        args.add(now.kept().events());
        args.add(now.lease().toMillis());
        args.add(now.line().ageingStep().toMillis());
        args.add(config.shards());
        args.addAll(tokens);
        Response reply = CLAIM.run(lane, List.of(JobKeys.of(shard).meta()), args);
        return claimed(shard, Objects.requireNonNull(reply));
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
     * Waits until a submit or a requeue wakes one worker.
     *
     * @param longest how long to wait in vain; at least 10 ms
     * @throws LaneException when the lane gives no answer
     */
    public void awaitWork(Duration longest) {
        Request request = Request.cmd(Command.BLPOP);
        for (int shard = 0; shard < config.shards(); shard++) {
            request.arg(JobKeys.of(shard).wake());
        }
        waiting.send(request.arg(longest.toMillis() / 1000.0), longest.plus(WAKE_GRACE));
    }

    /**
     * Opens a claimed job's input. Reading throws {@link LaneException} or {@link
     * MissingChunkException}.
     */
    public InputStream openInput(ClaimedJob job) {
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
                job.get(3).toString(),
                Duration.between(status.time(Word.SINCE), status.time(Word.CLAIMED)));
    }
}
