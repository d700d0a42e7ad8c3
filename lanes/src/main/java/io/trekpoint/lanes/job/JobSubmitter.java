package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.ReplicatedWrites;
import io.trekpoint.lanes.guard.SharedCalls;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
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

    /** The longest input that travels with its submit, in bytes as stored. */
    private static final int LONGEST_TO_TRAVEL = 32 * 1024;

    private static final int CALLS_AT_ONCE = 2;

    private final Lane lane;
    private final JobConfig config;
    private final Supplier<JobRules> rules;
    private final List<SharedCalls<List<Object>>> shards = new ArrayList<>();
    private final Optional<ReplicatedWrites> replicated;

    /**
     * Submits over the jobs lane, each call by the rules of its moment. Submits of many callers
     * share calls, so that there is one of these for a process.
     */
    public JobSubmitter(Lane lane, JobConfig config, Supplier<JobRules> rules) {
        this(lane, config, rules, Optional.empty());
    }

    /**
     * Submits over the jobs lane, each call by the rules of its moment.
     *
     * @param replicated how to wait for a replica; empty for not waiting for any
     */
    public JobSubmitter(
            Lane lane,
            JobConfig config,
            Supplier<JobRules> rules,
            Optional<ReplicatedWrites> replicated) {
        this.lane = lane;
        this.config = config;
        this.rules = rules;
        for (int shard = 0; shard < config.shards(); shard++) {
            String meta = JobKeys.of(shard).meta();
            shards.add(
                    new SharedCalls<>(
                            lane, CALLS_AT_ONCE, (jobs, within) -> call(meta, jobs, within)));
        }
        this.replicated = replicated;
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
     * submit names it in time; an input of a few KiB travels with its submit instead. Writing
     * throws {@link LaneException} when the lane gives no answer.
     */
    public ChunkedOutput openInput(JobId id) {
        JobKeys keys = JobKeys.of(id.shard());
        long ttl = rules.get().room().inputTtl().toMillis();
        return new ChunkedOutput(
                (k, chunk) ->
                        lane.send(
                                Request.cmd(Command.SET)
                                        .arg(keys.input(id, k))
                                        .arg(chunk)
                                        .arg("PX")
                                        .arg(ttl),
                                Lane.Access.WRITE),
                LONGEST_TO_TRAVEL);
    }

    /**
     * Deletes the input of a job that will not come to be, as far as the lane can; the rest lapses.
     * Never for an identity that may have been accepted.
     */
    public void discard(JobId id, ChunkedOutput input) {
        if (input.chunks() == 0 || input.carried().length > 0) {
            return;
        }
        JobKeys keys = JobKeys.of(id.shard());
        Request delete = Request.cmd(Command.DEL);
        for (int k = 0; k < input.chunks(); k++) {
            delete.arg(keys.input(id, k));
        }
        try {
            lane.send(delete, Lane.Access.FREEING_WRITE);
        } catch (LaneException e) {
            LOG.debugf("a refused input is left to lapse: %s", e.getMessage());
        }
    }

    /**
     * Submits a job whose input is written and closed. Safe to repeat with the same identity when
     * the outcome is unknown: it is accepted once, and told as the first time. Where it waits for a
     * replica, a job that none has told of in time is unconfirmed; a repetition waits for it once
     * more.
     *
     * @throws LaneException when the lane gives no answer or refuses writes
     */
    public SubmitOutcome submit(JobId id, Submission submission, ChunkedOutput input) {
        JobRules now = rules.get();
        List<Object> job = arguments(id, submission, input, now);
        if (replicated.isEmpty()) {
            long bytes = (long) submission.parameters().length() + input.carried().length;
            Response reply = shards.get(id.shard()).ask(job, bytes);
            return outcome(id, submission, input, now, reply, true);
        }
        // What waits for a replica has a connection of its own, and goes alone.
        String meta = JobKeys.of(id.shard()).meta();
        ReplicatedWrites.Written written =
                SUBMIT.run(replicated.get(), List.of(meta), with(List.of(job)));
        Response reply = Objects.requireNonNull(written.reply()).get(0);
        SubmitOutcome outcome = outcome(id, submission, input, now, reply, written.replicated());
        if (written.replicated()) {
            confirm(outcome);
        }
        return outcome;
    }

    private Response call(String meta, List<List<Object>> jobs, Duration within) {
        return Objects.requireNonNull(SUBMIT.run(lane, List.of(meta), with(jobs), within));
    }

    private List<Object> with(List<List<Object>> jobs) {
        JobRules now = rules.get();
        List<Object> args = now.lineArguments();
        args.add(config.shards());
        args.add(now.room().byteBudget());
        args.add(now.kept().idempotency().toMillis());
        args.add(now.line().horizon().toMillis());
        args.add(replicated.isPresent() ? 1 : 0);
        jobs.forEach(args::addAll);
        return args;
    }

    /** Notes that a replica has the job, as far as the lane can: the record doubts until then. */
    private void confirm(SubmitOutcome outcome) {
        Optional<JobId> id =
                switch (outcome) {
                    case SubmitOutcome.Accepted(var job) -> Optional.of(job.id());
                    case SubmitOutcome.Same(var first) -> Optional.of(first);
                    case SubmitOutcome.Conflict _,
                            SubmitOutcome.OverBudget _,
                            SubmitOutcome.InputGone _,
                            SubmitOutcome.TooFarAhead _ ->
                            Optional.empty();
                };
        if (id.isEmpty()) {
            return;
        }
        String record = JobKeys.of(id.get().shard()).record(id.get());
        try {
            lane.send(
                    Request.cmd(Command.HDEL).arg(record).arg("durability"),
                    Lane.Access.FREEING_WRITE);
        } catch (LaneException e) {
            LOG.debugf("a confirmed job is still told as unconfirmed: %s", e.getMessage());
        }
    }

    private List<Object> arguments(
            JobId id, Submission submission, ChunkedOutput input, JobRules now) {
        List<Object> args = new ArrayList<>();
        args.add(id);
        args.add(submission.client());
        args.add(Priority.of(submission.tier()).rank());
        args.add(JobStatus.lasting(submission, input, now.attempts().most()));
        args.add(submission.parameters());
        args.add(submission.traceparent());
        args.add(input.stored());
        args.add(input.chunks());
        args.add(input.carried());
        args.add(input.stored() * now.room().outputAllowance());
        args.add(submission.idempotency().map(Submission.Idempotency::key).orElse(""));
        args.add(submission.idempotency().map(Submission.Idempotency::fingerprint).orElse(""));
        args.add(submission.notBefore().map(Instant::toEpochMilli).map(String::valueOf).orElse(""));
        return args;
    }

    private SubmitOutcome outcome(
            JobId id,
            Submission submission,
            ChunkedOutput input,
            JobRules now,
            Response reply,
            boolean confirmed) {
        return switch (reply.get(0).toString()) {
            case "ACCEPTED" ->
                    new SubmitOutcome.Accepted(
                            accepted(id, submission, input, now, reply, confirmed));
            case "SAME" ->
                    new SubmitOutcome.Same(
                            JobId.parse(reply.get(1).toString(), config.shards()).orElse(id));
            case "CONFLICT" -> new SubmitOutcome.Conflict();
            case "BUDGET" -> new SubmitOutcome.OverBudget();
            case "INPUT_GONE" -> new SubmitOutcome.InputGone();
            case "TOO_FAR" -> new SubmitOutcome.TooFarAhead(now.line().horizon());
            default -> throw new IllegalStateException("submit.lua answered " + reply);
        };
    }

    private static JobRecord accepted(
            JobId id,
            Submission submission,
            ChunkedOutput input,
            JobRules now,
            Response reply,
            boolean confirmed) {
        boolean delayed = reply.get(3).toString().equals("delayed");
        return new JobRecord(
                id,
                submission.client(),
                submission.tier().label(),
                submission.type(),
                submission.parameters(),
                0,
                now.attempts().most(),
                Instant.ofEpochMilli(reply.get(2).toLong()),
                submission.notBefore(),
                input.bytes(),
                confirmed,
                delayed
                        ? new JobState.Delayed(
                                submission.notBefore().orElseThrow(), Optional.empty())
                        : new JobState.Queued());
    }
}
