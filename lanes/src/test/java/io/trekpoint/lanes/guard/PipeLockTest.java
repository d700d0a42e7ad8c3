package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The client tells of a connection's end under a lock that it takes as well to have the connection
 * back. The two meet so seldom with a real one that this is one which makes them meet.
 */
class PipeLockTest {
    private final Object lockOfTheClient = new Object();
    private final Promise<Response> reply = Promise.promise();
    private final CompletableFuture<Handler<Void>> atItsEnd = new CompletableFuture<>();
    private final CountDownLatch locked = new CountDownLatch(1);
    private final CountDownLatch givingBack = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);

    @Test
    void letsTheClientTellOfAnEndWhileTheConnectionIsGivenBack() throws InterruptedException {
        RedisConnection connection = made(RedisConnection.class, this::answer);
        Pipeline pipeline =
                new Pipeline(made(Redis.class, (_, _, _) -> Future.succeededFuture(connection)));
        Pipeline.Pipe pipe = pipeline.pipe();
        CompletableFuture<Response> sent = pipe.send(Request.cmd(Command.PING));
        pipeline.leave(pipe);

        Thread.ofPlatform().daemon().start(this::tellOfItsEnd);
        locked.await();
        Thread.ofPlatform().daemon().start(reply::complete);

        assertThat(told.await(10, TimeUnit.SECONDS)).as("no lock of ours is wanted").isTrue();
        assertThat(sent).succeedsWithin(10, TimeUnit.SECONDS);
    }

    private void tellOfItsEnd() {
        synchronized (lockOfTheClient) {
            locked.countDown();
            try {
                givingBack.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            atItsEnd.join().handle(null);
        }
        told.countDown();
    }

    @SuppressWarnings("unchecked")
    private Object answer(Object connection, Method asked, Object[] args) {
        return switch (asked.getName()) {
            case "send" -> reply.future();
            case "endHandler" -> {
                atItsEnd.complete((Handler<Void>) args[0]);
                yield connection;
            }
            case "close" -> {
                givingBack.countDown();
                synchronized (lockOfTheClient) {
                    yield Future.succeededFuture();
                }
            }
            default -> throw new UnsupportedOperationException(asked.getName());
        };
    }

    private static <T> T made(Class<T> type, InvocationHandler answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
