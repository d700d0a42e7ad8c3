package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads jobs, their logs and their outputs. Thread-safe. */
public final class JobLookup {
    private final Lane lane;

    /** Reads over the jobs lane. */
    public JobLookup(Lane lane) {
        this.lane = lane;
    }

    /**
     * The record of a job; empty where there is none.
     *
     * @throws LaneException when the lane gives no answer
     * @throws CorruptRecordException when the record cannot be read
     */
    public Optional<JobRecord> find(JobId id) {
        return record(id, lane.send(read(id), Lane.Access.READ));
    }

    /**
     * The same, asked now and answered later.
     *
     * @return does what {@link #find} does, once
     */
    public Supplier<Optional<JobRecord>> ahead(JobId id) {
        Supplier<@Nullable Response> reply = lane.ahead(read(id));
        return () -> record(id, reply.get());
    }

    private static Request read(JobId id) {
        Request read = Request.cmd(Command.HMGET).arg(JobKeys.of(id.shard()).record(id));
        JobRecord.FIELDS.forEach(read::arg);
        return read;
    }

    private static Optional<JobRecord> record(JobId id, @Nullable Response reply) {
        Response values = Objects.requireNonNull(reply);
        List<Optional<String>> fields = new ArrayList<>(values.size());
        values.forEach(value -> fields.add(Optional.ofNullable(value).map(Response::toString)));
        return fields.stream().allMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(JobRecord.of(id, fields));
    }

    /**
     * What a job's attempts have told, oldest first; empty where there is nothing.
     *
     * @throws LaneException when the lane gives no answer
     */
    public List<String> log(JobId id) {
        Response lines =
                lane.send(
                        Request.cmd(Command.HGET).arg(JobKeys.of(id.shard()).record(id)).arg("log"),
                        Lane.Access.READ);
        return lines == null ? List.of() : lines.toString().lines().toList();
    }

    /**
     * The client whose job this was, where it has expired; empty where it never was or still is.
     *
     * @throws LaneException when the lane gives no answer
     */
    public Optional<String> goneFrom(JobId id) {
        Response client =
                lane.send(
                        Request.cmd(Command.GET).arg(JobKeys.of(id.shard()).gone(id)),
                        Lane.Access.READ);
        return Optional.ofNullable(client).map(Response::toString);
    }

    /**
     * Opens a published output. Reading throws {@link LaneException} or {@link
     * MissingChunkException}.
     */
    public InputStream openOutput(JobId id, JobOutput output) {
        JobKeys keys = JobKeys.of(id.shard());
        if (output.chunks() == 0) {
            Request body = Request.cmd(Command.HGET).arg(keys.record(id)).arg("body");
            return ChunkedInput.open(lane, id, 1, _ -> body);
        }
        return ChunkedInput.open(
                lane,
                id,
                output.chunks(),
                k -> Request.cmd(Command.GET).arg(keys.output(id, output.token(), k)));
    }
}
