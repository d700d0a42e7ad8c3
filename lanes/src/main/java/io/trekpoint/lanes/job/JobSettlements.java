package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobStatus.Word;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ended jobs say of the reservations they were paid by, until it has been acted on. Any number
 * of processes may act on the same entry: acting twice has to come to the same. Thread-safe.
 */
public final class JobSettlements {
    /**
     * What becomes of one reservation.
     *
     * @param entry the entry that says so
     * @param client whose reservation it is
     * @param reservation its name
     * @param givenBack whether the job came to nothing for a reason of ours, or never ran
     */
    public record Settlement(String entry, String client, String reservation, boolean givenBack) {}

    /** What became of the job that a reservation was made for. */
    public sealed interface Fate {
        /** No job came to be. */
        record None() implements Fate {}

        /**
         * It has not ended.
         *
         * @param job which it is
         */
        record Open(JobId job) implements Fate {}

        /** It has ended, and may have expired. */
        record Ended() implements Fate {}
    }

    private static final int MOST = 200;

    private final Lane lane;

    /** Reads over the jobs lane. */
    public JobSettlements(Lane lane) {
        this.lane = lane;
    }

    /**
     * The oldest that have not been acted on, at most 200.
     *
     * @throws LaneException when the lane gives no answer
     */
    public List<Settlement> pending(int shard) {
        return from(shard, "-");
    }

    /**
     * The oldest after one of them, at most 200.
     *
     * @throws LaneException when the lane gives no answer
     */
    public List<Settlement> pending(int shard, Settlement after) {
        return from(shard, "(" + after.entry());
    }

    private List<Settlement> from(int shard, String first) {
        Response entries =
                lane.send(
                        Request.cmd(Command.XRANGE)
                                .arg(JobKeys.of(shard).settle())
                                .arg(first)
                                .arg("+")
                                .arg("COUNT")
                                .arg(MOST),
                        Lane.Access.READ);
        List<Settlement> pending = new ArrayList<>();
        if (entries != null) {
            entries.forEach(entry -> pending.add(settlement(entry)));
        }
        return pending;
    }

    /**
     * Strikes out what has been acted on.
     *
     * @throws LaneException when the lane gives no answer
     */
    public void done(int shard, List<Settlement> settled) {
        if (settled.isEmpty()) {
            return;
        }
        Request delete = Request.cmd(Command.XDEL).arg(JobKeys.of(shard).settle());
        settled.forEach(settlement -> delete.arg(settlement.entry()));
        lane.send(delete, Lane.Access.FREEING_WRITE);
    }

    /**
     * What became of the job that a reservation was made for.
     *
     * @param client whose it is
     * @param reservation its name
     * @param ids the identities its job may have been submitted with; not empty
     * @param key the idempotency key it was made under, by which a job of yet another identity may
     *     be known
     * @throws LaneException when the lane gives no answer
     */
    public Fate fate(String client, String reservation, List<JobId> ids, Optional<String> key) {
        for (JobId id : ids) {
            Fate fate = fate(id);
            if (!(fate instanceof Fate.None)) {
                return fate;
            }
        }
        int shard = ids.getLast().shard();
        return key.flatMap(it -> field(JobKeys.of(shard).idempotency(client, it), "id"))
                .map(known -> new JobId(shard, known))
                .filter(known -> mayBePaidBy(reservation, known))
                .map(this::fate)
                .orElseGet(Fate.None::new);
    }

    /** A key that was forgotten where it was paid for, and not here, was paid for once more. */
    private boolean mayBePaidBy(String reservation, JobId id) {
        return status(id)
                .flatMap(it -> it.optional(Word.RESERVATION))
                .map(reservation::equals)
                .orElse(true);
    }

    private Fate fate(JobId id) {
        JobKeys keys = JobKeys.of(id.shard());
        Optional<JobStatus> status = status(id);
        if (status.filter(it -> it.has(Word.FINISHED)).isPresent()) {
            return hasForgottenWhoPaid(id, status.get()) ? new Fate.None() : new Fate.Ended();
        }
        // A record that cannot be read is on its way to be a dead letter.
        if (status.isPresent() || exists(keys.record(id))) {
            return new Fate.Open(id);
        }
        return exists(keys.gone(id)) ? new Fate.Ended() : new Fate.None();
    }

    private boolean exists(String key) {
        Response reply = lane.send(Request.cmd(Command.EXISTS).arg(key), Lane.Access.READ);
        return reply != null && reply.toInteger() == 1;
    }

    /** A record that could not be read any more: its end told nobody what to give back. */
    private boolean hasForgottenWhoPaid(JobId id, JobStatus status) {
        return !status.has(Word.RESERVATION)
                && field(JobKeys.of(id.shard()).record(id), "failure")
                        .filter(it -> it.startsWith("CORRUPT_RECORD "))
                        .isPresent();
    }

    private Optional<JobStatus> status(JobId id) {
        return field(JobKeys.of(id.shard()).record(id), "status")
                .flatMap(text -> JobStatus.tryOf(id, text));
    }

    private Optional<String> field(String key, String name) {
        Request get = Request.cmd(Command.HGET).arg(key).arg(name);
        return Optional.ofNullable(lane.send(get, Lane.Access.READ)).map(Response::toString);
    }

    private static Settlement settlement(Response entry) {
        Map<String, String> fields = new HashMap<>();
        Response pairs = entry.get(1);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
        return new Settlement(
                entry.get(0).toString(),
                fields.getOrDefault("client", ""),
                fields.getOrDefault("reservation", ""),
                "back".equals(fields.get("charge")));
    }
}
