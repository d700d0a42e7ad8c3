package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Ends attempts, fenced by their token. Owns {@code finish.lua} and {@code put-output.lua}.
 * Thread-safe.
 */
public final class JobFinisher {
    /** What a finish came to. */
    public enum Answer {
        /** The ending stands on the record, by this call or an earlier one of the same token. */
        OK,
        /** The job is not the token's any more; nothing was published. */
        LOST,
        /** Output chunks were gone when the script looked; nothing was published. */
        OUTPUT_GONE
    }

    /**
     * What one call came to.
     *
     * @param answers one for each attempt, in their order
     * @param claimed the jobs claimed with the tokens given
     */
    public record Turn(List<Answer> answers, List<ClaimedJob> claimed) {}

    private static final Script FINISH = Script.load("finish");
    private static final Script PUT_OUTPUT = Script.load("put-output");

    private final Lane lane;
    private final Supplier<JobRules> rules;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /** Finishes over the jobs lane, each call by the rules of its moment. */
    public JobFinisher(Lane lane, Supplier<JobRules> rules) {
        this.lane = lane;
        this.rules = rules;
    }

    /**
     * Opens an output to be finished with: what is written is compressed into these chunks, in
     * memory.
     */
    public static ChunkedOutput collect(List<byte[]> chunks) {
        return new ChunkedOutput((k, chunk) -> chunks.add(chunk));
    }

    /**
     * Stores an output under the job's token, unless it is small enough to travel with its finish.
     * To be called before {@link #finish(int, List, List)}, and again when that answers {@code
     * OUTPUT_GONE}. Safe to repeat.
     *
     * @return false once the token has been found gone
     * @throws LaneException when the lane gives no answer
     */
    public boolean store(ClaimedJob job, FinishedOutput output) {
        if (output.travels()) {
            return true;
        }
        JobKeys keys = JobKeys.of(job.id().shard());
        long ttl = rules.get().room().outputTtl().toMillis();
        for (int k = 0; k < output.chunks().size(); k++) {
            Response reply =
                    PUT_OUTPUT.run(
                            lane,
                            List.of(keys.output(job.id(), job.token(), k), keys.record(job.id())),
                            List.of(output.chunks().get(k), ttl, job.token()));
            if (!"OK".equals(String.valueOf(reply))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Ends attempts of one shard whose outputs are stored, and claims as many jobs as there are
     * tokens, in one call.
     *
     * @param tokens fresh ones, as for a claim; may be none
     * @throws LaneException when the lane gives no answer; the endings may stand or not
     */
    public Turn finish(int shard, List<Attempt> attempts, List<String> tokens) {
        return finish(shard, attempts, tokens, false);
    }

    /**
     * The same once more, for a call that had no answer: that one claims nothing any more, should
     * it be on its way yet.
     *
     * @see #finish(int, List, List)
     */
    public Turn finishAgain(int shard, List<Attempt> attempts, List<String> tokens) {
        return finish(shard, attempts, tokens, true);
    }

    private Turn finish(int shard, List<Attempt> attempts, List<String> tokens, boolean again) {
        JobRules now = rules.get();
        List<Object> args = now.lineArguments();
        args.add(now.kept().ended().toMillis());
        args.add(now.kept().dead().toMillis());
        args.add(now.lease().toMillis());
        args.add(now.line().ageingStep().toMillis());
        args.add(again ? 1 : 0);
        args.add(attempts.size());
        attempts.forEach(attempt -> describe(attempt, now, args));
        args.addAll(tokens);
        Response reply =
                Objects.requireNonNull(FINISH.run(lane, List.of(JobKeys.of(shard).meta()), args));
        List<Answer> answers = new ArrayList<>(attempts.size());
        reply.get(0).forEach(answer -> answers.add(Answer.valueOf(answer.toString())));
        return new Turn(answers, JobClaimer.claimed(shard, reply.get(1)));
    }

    /**
     * Ends one attempt: stores its output where it has one, then publishes it. Safe to repeat until
     * it answers; {@code OUTPUT_GONE} asks for just that.
     *
     * @throws LaneException when the lane gives no answer; the ending may stand or not
     */
    public Answer finish(ClaimedJob job, Ending ending) {
        if (ending instanceof Ending.Succeeded(_, var output) && !store(job, output)) {
            return Answer.LOST;
        }
        List<Attempt> one = List.of(new Attempt(job, ending, ""));
        return finish(job.id().shard(), one, List.of()).answers().getFirst();
    }

    private void describe(Attempt attempt, JobRules now, List<Object> args) {
        ClaimedJob job = attempt.job();
        args.add(job.id());
        args.add(job.token());
        args.add(outcome(attempt.ending()));
        args.add(attempt.log());
        switch (attempt.ending()) {
            case Ending.Succeeded(var text, var output) -> {
                byte[] result = text.getBytes(StandardCharsets.UTF_8);
                long held = output.stored() + result.length;
                args.addAll(
                        List.of(
                                result,
                                output.text(job.token(), held),
                                held,
                                output.chunksBeside(),
                                output.travels() ? output.chunks().getFirst() : ""));
            }
            case Ending.Failed(var failure) -> args.addAll(failure(failure, Duration.ZERO));
            case Ending.Again(var failure) ->
                    args.addAll(failure(failure, backoff(job.attempt(), now.attempts())));
            case Ending.Cancelled(var begun) -> args.addAll(begun(begun));
            case Ending.GivenBack(var begun) -> args.addAll(begun(begun));
        }
    }

    private static List<Object> begun(boolean begun) {
        return List.of(begun ? "1" : "0", "", "", "", "");
    }

    private static String outcome(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded _ -> "succeeded";
            case Ending.Failed _ -> "failed";
            case Ending.Again _ -> "again";
            case Ending.Cancelled _ -> "cancelled";
            case Ending.GivenBack _ -> "back";
        };
    }

    private static List<Object> failure(JobFailure failure, Duration delay) {
        return List.of(failure.text(), failure.retryable() ? "1" : "0", delay.toMillis(), "", "");
    }

    /** Full jitter, so that jobs which failed together do not come back together. */
    private Duration backoff(int attempt, JobRules.Attempts attempts) {
        long doubled = attempts.backoff().toMillis() << Math.clamp(attempt - 1, 0, 20);
        long bound = Math.min(doubled, attempts.longestBackoff().toMillis());
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
