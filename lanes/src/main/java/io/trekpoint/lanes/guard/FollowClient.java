package io.trekpoint.lanes.guard;

import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The side of a lane that waits: blocking reads over a client of their own, so that they never hold
 * a connection a command needs. Classified and bounded like the lane's commands, but without a
 * breaker: a loop that follows has nothing else to do, and backs off by itself. Thread-safe.
 */
public final class FollowClient {
    private final Commander commander;

    /**
     * Waits on a lane's Redis.
     *
     * @param lane the lane whose URL the client has
     * @param client a client without a read-idle timeout; whoever made it closes it
     */
    public FollowClient(LaneName lane, Redis client) {
        this.commander = new Commander(lane, client);
    }

    /**
     * Sends one command.
     *
     * @return the reply; null for a nil reply
     * @throws LaneException when there is no useful answer within the given time
     */
    public @Nullable Response send(Request request, Duration within) {
        return commander.send(request, within);
    }
}
