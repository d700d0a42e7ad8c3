package io.trekpoint.lanes.guard;

import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The side of a lane that waits: blocking reads over a client of their own, so that they never hold
 * a connection a command needs, and each over a connection of its own, since Redis runs nothing
 * more of one that waits. Classified and bounded like the lane's commands, but without a breaker: a
 * loop that follows has nothing else to do, and backs off by itself. Thread-safe.
 */
public final class FollowClient {
    private final LaneName lane;
    private final Redis client;
    private final Queue<Pipeline> free = new ConcurrentLinkedQueue<>();

    /**
     * Waits on a lane's Redis.
     *
     * @param lane the lane whose URL the client has
     * @param client a client whose read-idle timeout, if it has one, is longer than any wait;
     *     whoever made it closes it
     */
    public FollowClient(LaneName lane, Redis client) {
        this.lane = lane;
        this.client = client;
    }

    /**
     * Sends one command.
     *
     * @return the reply; null for a nil reply
     * @throws LaneException when there is no useful answer within the given time
     */
    public @Nullable Response send(Request request, Duration within) {
        return send(pipe -> pipe.send(request), within);
    }

    /**
     * Sends a command that waits, and one that Redis runs as soon as the wait is over: it is there
     * already, behind the one that waits.
     *
     * @return the second one's reply; null for a nil reply
     * @throws LaneException when there is no useful answer within the given time, or one of them is
     *     answered with an error; the second one may have been run, or may be yet
     */
    public @Nullable Response send(Request wait, Request then, Duration within) {
        return send(pipe -> pipe.send(wait, then), within);
    }

    private @Nullable Response send(
            Function<Pipeline.Pipe, CompletableFuture<Response>> commands, Duration within) {
        Pipeline own = Optional.ofNullable(free.poll()).orElseGet(() -> new Pipeline(client));
        Pipeline.Pipe pipe = own.pipe();
        try {
            return Commander.await(lane, commands.apply(pipe), within);
        } catch (LaneException e) {
            if (e.fault() == Fault.SLOW || e.fault() == Fault.INTERRUPTED) {
                // It may wait there still.
                own.leave(pipe);
            }
            throw e;
        } finally {
            free.add(own);
        }
    }
}
