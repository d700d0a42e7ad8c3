package io.trekpoint.lanes.guard;

import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends single commands within a deadline and classifies what goes wrong. The deadline is kept here
 * since the client's own bounds neither reactive calls nor the wait for a connection.
 */
final class Commander {
    private final LaneName lane;
    private final Redis client;

    Commander(LaneName lane, Redis client) {
        this.lane = lane;
        this.client = client;
    }

    @Nullable Response send(Request request, Duration within) {
        CompletableFuture<Response> reply =
                client.send(request).toCompletionStage().toCompletableFuture();
        try {
            return reply.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw FaultClassifier.classify(lane, e);
        }
    }
}
