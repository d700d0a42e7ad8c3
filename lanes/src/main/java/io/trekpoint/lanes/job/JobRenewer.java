package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Renews leases. Owns {@code renew.lua}. Thread-safe. */
public final class JobRenewer {
    /** What a renewal came to. */
    public enum Answer {
        /** The lease is renewed. */
        OK,
        /** The job is not the token's any more: stop working on it. */
        LOST,
        /** The lease is renewed, and the client asked for the job to be cancelled. */
        CANCEL
    }

    private static final Script RENEW = Script.load("renew");

    private final Lane lane;
    private final Supplier<JobRules> rules;

    /** Renews over the jobs lane, each call by the rules of its moment. */
    public JobRenewer(Lane lane, Supplier<JobRules> rules) {
        this.lane = lane;
        this.rules = rules;
    }

    /**
     * Renews jobs of one shard in one call.
     *
     * @param progress each job with its progress, 0 to 1
     * @return an answer for each job
     * @throws LaneException when the lane gives no answer; the leases may be renewed or not
     */
    public Map<ClaimedJob, Answer> renew(int shard, Map<ClaimedJob, Double> progress) {
        JobRules now = rules.get();
        List<Object> args = new ArrayList<>(List.of(now.kept().events(), now.lease().toMillis()));
        progress.forEach((job, done) -> args.addAll(List.of(job.id(), job.token(), decimal(done))));
        Response reply =
                Objects.requireNonNull(RENEW.run(lane, List.of(JobKeys.of(shard).meta()), args));
        Map<ClaimedJob, Answer> answers = new LinkedHashMap<>();
        int i = 0;
        for (ClaimedJob job : progress.keySet()) {
            answers.put(job, Answer.valueOf(reply.get(i++).toString()));
        }
        return answers;
    }

    private static String decimal(double progress) {
        double bounded = Math.clamp(progress, 0, 1);
        return BigDecimal.valueOf(bounded).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
    }
}
