package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;

/**
 * Stops and lets go the claiming of jobs, in all shards. What is active goes on. Owns {@code
 * pause.lua}. Thread-safe.
 */
public final class QueueSwitch {
    private static final Script PAUSE = Script.load("pause");

    private final Lane lane;
    private final JobConfig config;

    /** Switches over the jobs lane. */
    public QueueSwitch(Lane lane, JobConfig config) {
        this.lane = lane;
        this.config = config;
    }

    /**
     * Pauses every shard. Safe to repeat.
     *
     * @param by who asks for it; noted where it was not paused
     * @throws LaneException when the lane gives no answer; some shards may be paused
     */
    public void pause(String by) {
        set(true, by);
    }

    /**
     * Resumes every shard, and wakes workers for what waits there. Safe to repeat.
     *
     * @param by who asks for it
     * @throws LaneException when the lane gives no answer; some shards may be resumed
     */
    public void resume(String by) {
        set(false, by);
    }

    private void set(boolean paused, String by) {
        for (int shard = 0; shard < config.shards(); shard++) {
            Response changed =
                    PAUSE.run(
                            lane,
                            List.of(JobKeys.of(shard).meta()),
                            List.of(0, paused ? "1" : "0", by, config.shards()));
            Objects.requireNonNull(changed);
        }
    }
}
