package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Takes jobs in. Owns {@code submit.lua}. Thread-safe. */
public final class JobSubmitter {
    private static final Logger LOG = Logger.getLogger(JobSubmitter.class);
    private static final Script SUBMIT = Script.load("submit");

    private final Lane lane;
    private final JobConfig config;
    private final Supplier<JobRules> rules;

    /** Submits over the jobs lane, each call by the rules of its moment. */
    public JobSubmitter(Lane lane, JobConfig config, Supplier<JobRules> rules) {
        this.lane = lane;
        this.config = config;
        this.rules = rules;
    }

    /**
     * An identity for a job to come. A request with an idempotency key always gets the same shard,
     * where the key is remembered.
     *
     * @param client who asks
     * @param key the client's idempotency key
     */
    public JobId identify(String client, Optional<String> key) {
        int shard =
                key.map(k -> Math.floorMod(Objects.hash(client, k), config.shards()))
                        .orElseGet(() -> ThreadLocalRandom.current().nextInt(config.shards()));
        return JobId.random(shard);
    }

    /**
     * Opens the input of a job to come. What is written is stored at once, and lapses unless a
     * submit names it in time. Writing throws {@link LaneException} when the lane gives no answer.
     */
    public ChunkedOutput openInput(JobId id) {
        JobKeys keys = JobKeys.of(id.shard());
        long ttl = rules.get().inputTtl().toMillis();
        return new ChunkedOutput((k, chunk) ->
                lane.send(
                        Request.cmd(Command.SET)
                                .arg(keys.input(id, k))
                                .arg(chunk)
                                .arg("PX")
                                .arg(ttl),
                        Lane.Access.WRITE));
    }

    /**
     * Deletes the input of a job that will not come to be, as far as the lane can; the rest lapses.
     * Never for an identity that may have been accepted.
     */
    public void discard(JobId id, ChunkedOutput input) {
        List<String> chunks = JobKeys.of(id.shard()).inputs(id, input.chunks());
        if (chunks.isEmpty()) {
            return;
        }
        Request delete = Request.cmd(Command.DEL);
        chunks.forEach(delete::arg);
        try {
            lane.send(delete, Lane.Access.FREEING_WRITE);
        } catch (LaneException e) {
            LOG.debugf("a refused input is left to lapse: %s", e.getMessage());
        }
    }

    /**
     * Submits a job whose input is written and closed. Safe to repeat with the same identity when
     * the outcome is unknown.
     *
     * @throws LaneException when the lane gives no answer or refuses writes
     */
    public SubmitOutcome submit(JobId id, Submission submission, ChunkedOutput input) {
        JobKeys keys = JobKeys.of(id.shard());
        JobRules now = rules.get();
        String idempotencyKey =
                submission
                        .idempotency()
                        .map(i -> keys.idempotency(submission.client(), i.key()))
                        .orElse(keys.idempotency(submission.client(), ""));
        List<String> named = new ArrayList<>();
        named.addAll(
                List.of(
                        keys.record(id),
                        keys.work(),
                        keys.open(),
                        keys.client(submission.client())));
        named.addAll(List.of(keys.meta(), keys.wake(), idempotencyKey));
        named.addAll(keys.inputs(id, input.chunks()));
        List<Object> args = arguments(id, submission, input, now);
        Response reply = Objects.requireNonNull(SUBMIT.run(lane, named, args));
        return outcome(id, submission, now, reply);
    }

    private static List<Object> arguments(
            JobId id, Submission submission, ChunkedOutput input, JobRules now) {
        return List.of(
                id,
                submission.client(),
                submission.tier(),
                submission.type(),
                submission.parameters(),
                now.maxAttempts(),
                input.bytes(),
                input.stored(),
                input.stored() * now.outputAllowance(),
                now.byteBudget(),
                submission.idempotency().map(Submission.Idempotency::fingerprint).orElse(""),
                now.idempotencyTtl().toMillis(),
                submission.traceparent(),
                JobKeys.LONGEST_WAKE_LIST);
    }

    private SubmitOutcome outcome(JobId id, Submission submission, JobRules now, Response reply) {
        return switch (reply.get(0).toString()) {
            case "ACCEPTED" ->
                    new SubmitOutcome.Accepted(queued(id, submission, now, reply.get(2).toLong()));
            case "SAME" ->
                    new SubmitOutcome.Same(
                            JobId.parse(reply.get(1).toString(), config.shards()).orElse(id));
            case "CONFLICT" -> new SubmitOutcome.Conflict();
            case "BUDGET" -> new SubmitOutcome.OverBudget();
            case "INPUT_GONE" -> new SubmitOutcome.InputGone();
            default -> throw new IllegalStateException("submit.lua answered " + reply);
        };
    }

    private static JobRecord queued(
            JobId id, Submission submission, JobRules now, long createdMillis) {
        return new JobRecord(
                id,
                submission.client(),
                submission.type(),
                submission.parameters(),
                0,
                now.maxAttempts(),
                Instant.ofEpochMilli(createdMillis),
                new JobState.Queued());
    }
}
