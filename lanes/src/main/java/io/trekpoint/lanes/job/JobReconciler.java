package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Repairs open jobs that do not stand where their state says, or whose record is damaged: what no
 * script does, but people, a lost write or a partial restore may. Owns {@code reconcile.lua}.
 * Thread-safe.
 */
public final class JobReconciler {
    /**
     * What one call came to.
     *
     * @param looked open jobs looked at
     * @param repairs what was set right
     * @param round whether the sweep has come to the end of the open jobs, and begins anew
     */
    public record Swept(int looked, int repairs, boolean round) {}

    private static final Script RECONCILE = Script.load("reconcile");
    private static final int ABOUT = 200;

    private final Lane lane;
    private final Supplier<JobRules> rules;

    /** Reconciles over the jobs lane, each call by the rules of its moment. */
    public JobReconciler(Lane lane, Supplier<JobRules> rules) {
        this.lane = lane;
        this.rules = rules;
    }

    /**
     * Looks at about 200 open jobs of a shard. Any number of processes share one sweep.
     *
     * @throws LaneException when the lane gives no answer
     */
    public Swept reconcile(int shard) {
        JobRules now = rules.get();
        List<Object> args = now.lineArguments();
        args.add(now.kept().ended().toMillis());
        args.add(now.kept().dead().toMillis());
        args.add(now.lease().toMillis());
        args.add(ABOUT);
        args.add(now.room().outputAllowance());
        Response reply =
                Objects.requireNonNull(
                        RECONCILE.run(lane, List.of(JobKeys.of(shard).meta()), args));
        return new Swept(
                reply.get(0).toInteger(), reply.get(1).toInteger(), reply.get(2).toInteger() == 1);
    }
}
