package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads jobs and their outputs. Owns {@code find.lua}. Thread-safe. */
public final class JobLookup {
    private static final Script FIND = Script.load("find");

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
        JobKeys keys = JobKeys.of(id.shard());
        Response reply =
                Objects.requireNonNull(
                        FIND.run(lane, List.of(keys.record(id), keys.log(id)), List.of()));
        Response hash = reply.get(0);
        if (hash.size() == 0) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < hash.size(); i += 2) {
            fields.put(hash.get(i).toString(), hash.get(i + 1).toString());
        }
        return Optional.of(JobRecord.of(id, fields, reply.get(1).toString()));
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
        return ChunkedInput.open(lane, output.chunks(), k -> keys.output(id, output.token(), k));
    }
}
