package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Puts delayed jobs in line whose time has come. Owns {@code promote.lua}. Thread-safe. */
public final class JobPromoter {
    private static final Script PROMOTE = Script.load("promote");
    private static final int MOST = 200;

    private final Lane lane;
    private final Supplier<JobRules> rules;

    /** Promotes over the jobs lane, each call by the rules of its moment. */
    public JobPromoter(Lane lane, Supplier<JobRules> rules) {
        this.lane = lane;
        this.rules = rules;
    }

    /**
     * Promotes at most 200 jobs of a shard. Harmless on any number of processes at once.
     *
     * @return whether there may be more of them
     * @throws LaneException when the lane gives no answer
     */
    public boolean promote(int shard) {
        List<Object> args = rules.get().lineArguments();
        args.add(MOST);
        return Objects.requireNonNull(PROMOTE.run(lane, List.of(JobKeys.of(shard).meta()), args))
                        .toInteger()
                == MOST;
    }
}
