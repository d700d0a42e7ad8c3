package io.trekpoint.lanes.guard;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes of a lane that wait for a replica. {@code WAIT} speaks only for what its own connection
 * has written, so both travel on one; and it holds that connection, so it is one of a client of its
 * own, never one that other commands need. Breaker, health and metrics are the lane's. Thread-safe.
 */
public final class ReplicatedWrites {
    private final Lane lane;
    private final Commander commander;
    private final Duration patience;

    /**
     * A write with its reply.
     *
     * @param reply what Redis answered; null for nil
     * @param replicated whether a replica has it too, in memory; this is the last that this
     *     connection has written where the command itself wrote nothing
     */
    public record Written(@Nullable Response reply, boolean replicated) {}

    /**
     * Writes over a lane.
     *
     * @param client has the lane's URL; whoever made it closes it
     * @param patience how long to wait for a replica, beside the lane's deadline for the write
     */
    public ReplicatedWrites(Lane lane, Redis client, Duration patience) {
        this.lane = lane;
        this.commander = new Commander(lane.name(), client);
        this.patience = patience;
    }

    /**
     * Sends one command, and waits for a replica.
     *
     * @param within how long both may take together
     * @throws LaneException when there is no useful answer, or the breaker is open; the write may
     *     have been made then
     */
    public Written send(Request request, Lane.Access access, Duration within) {
        Request wait = Request.cmd(Command.WAIT).arg(1).arg(patience.toMillis());
        List<Response> replies =
                lane.guarded(() -> commander.sendTogether(request, wait, within), access);
        return new Written(replies.get(0), replies.get(1).toInteger() > 0);
    }

    /**
     * The longest that a write and the wait for a replica may take: the lane's, and the patience.
     */
    public Duration deadline() {
        return lane.deadline().plus(patience);
    }
}
