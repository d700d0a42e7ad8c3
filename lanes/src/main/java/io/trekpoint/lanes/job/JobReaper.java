package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Takes back jobs whose lease has lapsed. Owns {@code reap.lua}. Thread-safe. */
public final class JobReaper {
    /**
     * What one call came to.
     *
     * @param requeued jobs back in line
     * @param spent jobs that are dead letters now, since their attempts are spent
     * @param more whether there may be more whose lease has lapsed
     */
    public record Reaped(int requeued, int spent, boolean more) {}

    private static final Script REAP = Script.load("reap");
    private static final int MOST = 100;

    /** Workers call several times a second; when none has for so long, there was an outage. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Lane lane;
    private final Supplier<JobRules> rules;

    /** Reaps over the jobs lane, each call by the rules of its moment. */
    public JobReaper(Lane lane, Supplier<JobRules> rules) {
        this.lane = lane;
        this.rules = rules;
    }

    /**
     * Takes back at most 100 jobs of a shard; none for one lease after a pause of more than two
     * seconds. Harmless on any number of processes at once.
     *
     * @throws LaneException when the lane gives no answer
     */
    public Reaped reap(int shard) {
        JobRules now = rules.get();
        List<Object> args = now.lineArguments();
        args.add(now.kept().ended().toMillis());
        args.add(now.kept().dead().toMillis());
        args.add(now.lease().toMillis());
        args.add(MOST);
        args.add(LONGEST_PAUSE.toMillis());
        args.add(now.attempts().backoff().toMillis());
        args.add(now.attempts().longestBackoff().toMillis());
        Response reply =
                Objects.requireNonNull(REAP.run(lane, List.of(JobKeys.of(shard).meta()), args));
        return new Reaped(
                reply.get(0).toInteger(),
                reply.get(1).toInteger(),
                reply.get(2).toInteger() == MOST);
    }
}
