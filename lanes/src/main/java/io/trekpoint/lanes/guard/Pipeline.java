package io.trekpoint.lanes.guard;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection for the commands of many callers, who do not wait for each other's replies: Redis
 * reads several at once and answers them at once, and a command needs no connection of its own. A
 * connection that has ended, has been idle or keeps somebody waiting is left for a new one; what is
 * still on it has its replies there. Thread-safe.
 */
final class Pipeline {
    /** Well before an idle timeout would close it just as a command goes out. */
    private static final Duration IDLE = Duration.ofSeconds(3);

    private final Redis client;
    private @Nullable Pipe pipe;

    Pipeline(Redis client) {
        this.client = client;
    }

    /** Where the next command goes. */
    Pipe pipe() {
        Pipe unfit = null;
        Pipe next;
        synchronized (this) {
            if (pipe == null || !pipe.fit()) {
                unfit = pipe;
                pipe = new Pipe(client.connect());
            }
            next = pipe;
        }
        if (unfit != null) {
            unfit.leave();
        }
        return next;
    }

    /** Later commands go elsewhere. */
    void leave(Pipe slow) {
        synchronized (this) {
            if (slow != pipe) {
                return;
            }
            pipe = null;
        }
        slow.leave();
    }

    /**
     * A connection, which goes back to the client's pool once nobody needs it. The client has a
     * lock of its own for each connection and tells of its end under that one, so that nothing of
     * the client is called under the lock of a pipe.
     */
    static final class Pipe {
        private final Future<RedisConnection> connection;
        private volatile @Nullable Context home;
        private volatile boolean ended;
        private int underWay;
        private boolean left;
        private boolean givenBack;
        private long last = System.nanoTime();

        private Pipe(Future<RedisConnection> connection) {
            this.connection = connection;
            connection.onSuccess(this::open).onFailure(_ -> end());
        }

        CompletableFuture<Response> send(Request request) {
            return send(it -> it.send(request));
        }

        /**
         * Sends two commands, the second right behind the first. Answers with the second's reply,
         * or with the first's error.
         */
        CompletableFuture<Response> send(Request first, Request second) {
            return send(it -> {
                Future<Response> one = it.send(first);
                Future<Response> other = it.send(second);
                return Future.join(one, other).map(_ -> other.result());
            });
        }

        private CompletableFuture<Response> send(
                Function<RedisConnection, Future<Response>> commands) {
            synchronized (this) {
                underWay++;
            }
            CompletableFuture<Response> reply = new CompletableFuture<>();
            Context there = home;
            try {
                if (there == null) {
                    send(commands, reply);
                } else {
                    // From where its replies arrive: else each would be carried to an event loop of
                    // its caller's first, which has to be woken for it.
                    there.runOnContext(_ -> send(commands, reply));
                }
            } catch (RejectedExecutionException e) {
                // The process ends, and its event loops have ended before.
                answered(e);
                reply.completeExceptionally(e);
            }
            return reply;
        }

        private void send(
                Function<RedisConnection, Future<Response>> commands,
                CompletableFuture<Response> reply) {
            var _ =
                    connection
                            .compose(commands)
                            .onComplete(sent -> answered(sent.cause()))
                            .onSuccess(reply::complete)
                            .onFailure(reply::completeExceptionally);
        }

        private void open(RedisConnection it) {
            it.endHandler(_ -> end());
            Context here = Vertx.currentContext();
            // Not the context of whoever came first, which belongs to a request.
            home = here == null ? null : VertxContext.getRootContext(here);
        }

        private synchronized boolean fit() {
            return !ended && (underWay > 0 || System.nanoTime() - last < IDLE.toNanos());
        }

        private void end() {
            ended = true;
        }

        private void answered(@Nullable Throwable failure) {
            // It may have ended before there was anybody to tell. An error reply is a reply.
            if (failure != null && !(failure instanceof Response)) {
                end();
            }
            boolean done;
            synchronized (this) {
                underWay--;
                last = System.nanoTime();
                done = isDone();
            }
            giveBackIf(done);
        }

        private void leave() {
            boolean done;
            synchronized (this) {
                left = true;
                done = isDone();
            }
            giveBackIf(done);
        }

        /** Whether nobody needs it from now on; true once. */
        private boolean isDone() {
            boolean done = left && underWay == 0 && !givenBack;
            givenBack |= done;
            return done;
        }

        private void giveBackIf(boolean done) {
            if (done) {
                connection.onSuccess(RedisConnection::close);
            }
        }
    }
}
