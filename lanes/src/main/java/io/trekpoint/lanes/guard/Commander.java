package io.trekpoint.lanes.guard;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends single commands within a deadline and classifies what goes wrong. The deadline is kept here
 * since the client's own bounds neither reactive calls nor the wait for a connection.
 */
final class Commander {
    private final LaneName lane;
    private final Redis client;

    /**
     * By turns: while Redis works on what came over one, replies of the other are worked on here.
     */
    private final List<Pipeline> pipelines;

    private final AtomicInteger turns = new AtomicInteger();

    Commander(LaneName lane, Redis client) {
        this.lane = lane;
        this.client = client;
        this.pipelines = List.of(new Pipeline(client), new Pipeline(client));
    }

    @Nullable Response send(Request request, Duration within) {
        return begin(request).await(within);
    }

    /** Sends a command, and leaves the wait for its reply to later. */
    Sent begin(Request request) {
        Pipeline pipeline = pipelines.get(Math.floorMod(turns.getAndIncrement(), pipelines.size()));
        Pipeline.Pipe pipe = pipeline.pipe();
        return new Sent(pipeline, pipe, pipe.send(request));
    }

    /** A command that is on its way, or answered. */
    final class Sent {
        private final Pipeline pipeline;
        private final Pipeline.Pipe pipe;
        private final CompletableFuture<Response> reply;

        private Sent(Pipeline pipeline, Pipeline.Pipe pipe, CompletableFuture<Response> reply) {
            this.pipeline = pipeline;
            this.pipe = pipe;
            this.reply = reply;
        }

        /** Has something done once there is a reply, or none will come. */
        void onDone(Runnable done) {
            var _ = reply.whenComplete((_, _) -> done.run());
        }

        @Nullable Response await(Duration within) {
            try {
                return Commander.await(lane, reply, within);
            } catch (LaneException e) {
                if (e.fault() == Fault.SLOW) {
                    pipeline.leave(pipe);
                }
                throw e;
            }
        }
    }

    /**
     * Sends two commands at once on one connection, which nobody else uses meanwhile; fails with
     * the first error of the two, without waiting for the other. (The client's own batches tell an
     * error in words of theirs.)
     */
    List<Response> sendTogether(Request first, Request second, Duration within) {
        return await(
                lane,
                client.connect()
                        .compose(pinned -> together(pinned, first, second))
                        .toCompletionStage()
                        .toCompletableFuture(),
                within);
    }

    private static Future<List<Response>> together(
            RedisConnection pinned, Request first, Request second) {
        Future<Response> one = pinned.send(first);
        Future<Response> other = pinned.send(second);
        var _ = Future.join(one, other).onComplete(_ -> pinned.close());
        return Future.all(one, other).map(both -> both.<Response>list());
    }

    /** Waits for a reply; what goes wrong is named. */
    static <T> T await(LaneName lane, CompletableFuture<T> reply, Duration within) {
        try {
            return Patience.await(reply, within);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw FaultClassifier.classify(lane, e);
        }
    }
}
