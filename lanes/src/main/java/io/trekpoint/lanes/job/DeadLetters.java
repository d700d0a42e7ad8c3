package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Dead letters: failed jobs whose attempts are spent. Owns {@code retry-dead.lua} and {@code
 * discard-dead.lua}. Thread-safe.
 */
public final class DeadLetters {
    /** What a change came to. */
    public enum Answer {
        /** It is done. */
        OK,
        /** No dead letter has this identity. */
        NONE,
        /** Its record has lost what a worker would go by; nothing was changed. */
        CORRUPT,
        /** The byte budget of the shard has no room for the output; nothing was changed. */
        BUDGET
    }

    private static final Script RETRY = Script.load("retry-dead");
    private static final Script DISCARD = Script.load("discard-dead");

    private final Lane lane;
    private final Supplier<JobRules> rules;
    private final JobLookup lookup;

    /** Works over the jobs lane, each call by the rules of its moment. */
    public DeadLetters(Lane lane, Supplier<JobRules> rules) {
        this.lane = lane;
        this.rules = rules;
        this.lookup = new JobLookup(lane);
    }

    /**
     * A dead letter's record; empty where none has this identity.
     *
     * @throws LaneException when the lane gives no answer
     * @throws CorruptRecordException when the record cannot be read
     */
    public Optional<JobRecord> find(JobId id) {
        Response dead =
                lane.send(
                        Request.cmd(Command.ZSCORE)
                                .arg(JobKeys.of(id.shard()).dead())
                                .arg(id.text()),
                        Lane.Access.READ);
        return dead == null ? Optional.empty() : lookup.find(id);
    }

    /**
     * What the attempts of a job have told, oldest first.
     *
     * @throws LaneException when the lane gives no answer
     */
    public List<String> log(JobId id) {
        return lookup.log(id);
    }

    /**
     * Puts a dead letter back in line, with as many attempts as a new job has. A repeated call
     * finds none.
     *
     * @throws LaneException when the lane gives no answer; it may be done or not
     */
    public Answer retry(JobId id) {
        JobRules now = rules.get();
        List<Object> args = new ArrayList<>(now.lineArguments());
        args.addAll(
                List.of(
                        id,
                        now.attempts().most(),
                        now.room().outputAllowance(),
                        now.room().byteBudget()));
        return run(RETRY, id, args);
    }

    /**
     * Lets a dead letter expire: it is none at once, and the next sweep of expired jobs deletes it
     * with all it holds. A repeated call finds none.
     *
     * @throws LaneException when the lane gives no answer; it may be done or not
     */
    public Answer discard(JobId id) {
        return run(DISCARD, id, List.of(rules.get().kept().events(), id));
    }

    private Answer run(Script script, JobId id, List<Object> args) {
        Response reply =
                Objects.requireNonNull(
                        script.run(lane, List.of(JobKeys.of(id.shard()).meta()), args));
        return Answer.valueOf(reply.toString());
    }
}
