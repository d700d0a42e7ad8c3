package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Supplier;

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

    private static final Script FINISH = Script.load("finish");
    private static final Script PUT_OUTPUT = Script.load("put-output");

    private final Lane lane;
    private final Supplier<JobRules> rules;

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
     * Ends the attempt: stores the output under the job's token, then publishes it. Safe to repeat
     * until it answers. {@code OUTPUT_GONE} asks for just that.
     *
     * @throws LaneException when the lane gives no answer; the ending may stand or not
     */
    public Answer finish(ClaimedJob job, Ending ending) {
        JobKeys keys = JobKeys.of(job.id().shard());
        List<String> named = new ArrayList<>();
        named.addAll(List.of(keys.record(job.id()), keys.lease(), keys.open(), keys.ended()));
        named.addAll(List.of(keys.events(), keys.meta(), keys.work(), keys.wake()));
        if (ending instanceof Ending.Succeeded(_, FinishedOutput output)) {
            List<String> chunks = keys.outputs(job.id(), job.token(), output.chunks().size());
            if (!store(job, output, chunks)) {
                return Answer.LOST;
            }
            named.addAll(chunks);
        }
        Response reply = Objects.requireNonNull(FINISH.run(lane, named, arguments(job, ending)));
        return Answer.valueOf(reply.toString());
    }

    /** Stores an output's chunks; false once the token has been found gone. */
    private boolean store(ClaimedJob job, FinishedOutput output, List<String> chunks) {
        String record = JobKeys.of(job.id().shard()).record(job.id());
        for (int k = 0; k < chunks.size(); k++) {
            List<Object> args =
                    List.of(
                            output.chunks().get(k),
                            rules.get().outputTtl().toMillis(),
                            job.token());
            Response reply = PUT_OUTPUT.run(lane, List.of(chunks.get(k), record), args);
            if (!"OK".equals(String.valueOf(reply))) {
                return false;
            }
        }
        return true;
    }

    private List<Object> arguments(ClaimedJob job, Ending ending) {
        return switch (ending) {
            case Ending.Succeeded(var result, var output) -> {
                List<Object> args = opening(job, "succeeded");
                args.addAll(List.of(result, output.mediaType(), output.bytes(), output.stored()));
                args.addAll(
                        List.of(output.sha256(), "", "", "", "", "", JobKeys.LONGEST_WAKE_LIST));
                yield args;
            }
            case Ending.Failed(var failure) -> failed(opening(job, "failed"), failure);
            case Ending.Again(var failure) -> failed(opening(job, "again"), failure);
        };
    }

    private List<Object> opening(ClaimedJob job, String outcome) {
        JobRules now = rules.get();
        return new ArrayList<>(
                List.of(
                        job.id(),
                        job.token(),
                        outcome,
                        now.retention().toMillis(),
                        now.eventsKept()));
    }

    private static List<Object> failed(List<Object> args, JobFailure failure) {
        args.addAll(List.of("", "", 0, 0, "", failure.code(), failure.message()));
        args.addAll(
                List.of(
                        text(failure.line()),
                        text(failure.column()),
                        failure.retryable() ? "1" : "0",
                        JobKeys.LONGEST_WAKE_LIST));
        return args;
    }

    private static String text(OptionalInt position) {
        return position.isPresent() ? String.valueOf(position.getAsInt()) : "";
    }
}
