package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Deletes ended jobs whose retention is over, or that hold more than they may. Owns {@code
 * expire.lua}. Thread-safe.
 */
public final class JobExpirer {
    private static final Script EXPIRE = Script.load("expire");
    private static final int MOST = 50;

    private final Lane lane;
    private final Supplier<JobRules> rules;

    /** Expires over the jobs lane, each call by the rules of its moment. */
    public JobExpirer(Lane lane, Supplier<JobRules> rules) {
        this.lane = lane;
        this.rules = rules;
    }

    /**
     * Deletes at most 50 jobs of a shard. Harmless on any number of processes at once.
     *
     * @return how many
     * @throws LaneException when the lane gives no answer
     */
    public int expire(int shard) {
        JobRules.Kept kept = rules.get().kept();
        List<Object> args =
                List.of(
                        kept.events(),
                        MOST,
                        kept.tombstone().toMillis(),
                        kept.endedBytes(),
                        kept.deadBytes());
        return Objects.requireNonNull(EXPIRE.run(lane, List.of(JobKeys.of(shard).meta()), args))
                .toInteger();
    }
}
