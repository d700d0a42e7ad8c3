package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

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
        /** Output chunks lapsed before this call; nothing was published. */
        OUTPUT_GONE
    }

    private static final Script FINISH = Script.load("finish");
    private static final Script PUT_OUTPUT = Script.load("put-output");

    private final Lane lane;
    private final JobConfig config;

    /** Finishes over the jobs lane. */
    public JobFinisher(Lane lane, JobConfig config) {
        this.lane = lane;
        this.config = config;
    }

    /**
     * Opens the output of a claimed job. What is written is stored under the job's token, and
     * lapses unless a finish publishes it. Writing throws {@link LaneException} when the lane gives
     * no answer.
     */
    public ChunkedOutput openOutput(ClaimedJob job) {
        JobKeys keys = JobKeys.of(job.id().shard());
        return new ChunkedOutput((k, chunk) ->
                PUT_OUTPUT.run(
                        lane,
                        List.of(keys.output(job.id(), job.token(), k)),
                        List.of(chunk, config.outputTtl().toMillis())));
    }

    /**
     * Ends the attempt. Safe to repeat until it answers.
     *
     * @throws LaneException when the lane gives no answer; the ending may stand or not
     */
    public Answer finish(ClaimedJob job, Ending ending) {
        JobKeys keys = JobKeys.of(job.id().shard());
        List<String> named = new ArrayList<>();
        named.addAll(List.of(keys.record(job.id()), keys.lease(), keys.open(), keys.ended()));
        named.addAll(List.of(keys.events(), keys.meta(), keys.work(), keys.wake()));
        if (ending instanceof Ending.Succeeded(_, _, ChunkedOutput output, _)) {
            named.addAll(keys.outputs(job.id(), job.token(), output.chunks()));
        }
        Response reply = Objects.requireNonNull(FINISH.run(lane, named, arguments(job, ending)));
        return Answer.valueOf(reply.toString());
    }

    private List<Object> arguments(ClaimedJob job, Ending ending) {
        List<Object> args = new ArrayList<>(List.of(job.id(), job.token()));
        List<Object> policy = List.of(config.retention().toMillis(), config.eventsKept());
        switch (ending) {
            case Ending.Succeeded(var result, var mediaType, var output, var sha256) -> {
                args.add("succeeded");
                args.addAll(policy);
                args.addAll(
                        List.of(
                                result,
                                mediaType,
                                output.bytes(),
                                output.stored(),
                                sha256,
                                "",
                                "",
                                "",
                                ""));
            }
            case Ending.Failed(var failure) -> {
                args.add(failure.retryable() ? "again" : "failed");
                args.addAll(policy);
                args.addAll(List.of("", "", 0, 0, "", failure.code(), failure.message()));
                args.addAll(List.of(text(failure.line()), text(failure.column())));
            }
        }
        return args;
    }

    private static String text(OptionalInt position) {
        return position.isPresent() ? String.valueOf(position.getAsInt()) : "";
    }
}
