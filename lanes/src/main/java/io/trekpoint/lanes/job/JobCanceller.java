package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Cancels jobs for their clients. Owns {@code cancel.lua}. Thread-safe. */
public final class JobCanceller {
    /** What a cancel came to. */
    public enum Answer {
        /** The job is cancelled, by this call or an earlier one. */
        CANCELLED,
        /** A worker has the job, and will be told at its next renewal. */
        ASKED,
        /** The job had ended otherwise before. */
        ENDED,
        /** The client has no such job. */
        NONE
    }

    private static final Script CANCEL = Script.load("cancel");

    private final Lane lane;
    private final Supplier<JobRules> rules;

    /** Cancels over the jobs lane, each call by the rules of its moment. */
    public JobCanceller(Lane lane, Supplier<JobRules> rules) {
        this.lane = lane;
        this.rules = rules;
    }

    /**
     * Cancels a job. Safe to repeat.
     *
     * @param client whose job it has to be
     * @throws LaneException when the lane gives no answer; the job may be cancelled or not
     */
    public Answer cancel(JobId id, String client) {
        JobRules now = rules.get();
        List<Object> args = new ArrayList<>(now.lineArguments());
        args.addAll(List.of(id, client, now.kept().ended().toMillis()));
        Response reply =
                Objects.requireNonNull(
                        CANCEL.run(lane, List.of(JobKeys.of(id.shard()).meta()), args));
        return Answer.valueOf(reply.toString());
    }
}
