package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Claims jobs and reads their input. Owns {@code claim.lua}. Thread-safe. */
public final class JobClaimer {
    private static final Script CLAIM = Script.load("claim");
    private static final Duration WAKE_GRACE = Duration.ofMillis(500);

    private final Lane lane;
    private final FollowClient waiting;
    private final JobConfig config;

    /** Claims over the jobs lane; waits on its follow client. */
    public JobClaimer(Lane lane, FollowClient waiting, JobConfig config) {
        this.lane = lane;
        this.waiting = waiting;
        this.config = config;
    }

    /**
     * Claims up to so many jobs of a shard, each under a fresh token and a lease.
     *
     * @throws LaneException when the lane gives no answer; jobs it may have claimed come back when
     *     their lease lapses
     */
    public List<ClaimedJob> claim(int shard, int most) {
        JobKeys keys = JobKeys.of(shard);
        List<Object> args = new ArrayList<>();
        args.addAll(List.of(keys.prefix(), config.lease().toMillis(), config.eventsKept()));
        for (int i = 0; i < most; i++) {
            args.add(JobId.randomText());
        }
        Response reply =
                CLAIM.run(
                        lane, List.of(keys.lease(), keys.meta(), keys.events(), keys.work()), args);
        List<ClaimedJob> claimed = new ArrayList<>();
        if (reply != null) {
            reply.forEach(job -> claimed.add(claimed(shard, job)));
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
        return ChunkedInput.open(
                lane, JobKeys.of(job.id().shard()).inputs(job.id(), job.inputChunks()));
    }

    private static ClaimedJob claimed(int shard, Response job) {
        return new ClaimedJob(
                new JobId(shard, job.get(0).toString()),
                job.get(1).toString(),
                job.get(2).toInteger(),
                job.get(3).toInteger(),
                job.get(4).toString(),
                job.get(5).toString(),
                job.get(6).toString(),
                job.get(7).toString(),
                job.get(8).toInteger(),
                job.get(9).toLong(),
                job.get(10).toString());
    }
}
