package io.trekpoint.lanes.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.spi.transport.Transport;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheringTransportTest {
    private static final int COMMANDS = 100;
    private static final Pattern READS = Pattern.compile("total_reads_processed:([0-9]+)");

    private RedisServer redis;
    private Vertx vertx;
    private RedisConnection connection;

    @BeforeEach
    void connect() throws Exception {
        redis = RedisServer.start();
        vertx = Vertx.vertx();
        connection = await(Redis.createClient(vertx, redis.url()).connect());
    }

    @AfterEach
    void disconnect() throws Exception {
        await(vertx.close());
        redis.close();
    }

    @Test
    void sendsTogetherWhatOneTurnWrites() throws Exception {
        long before = reads();
        List<String> replies = await(onOneTurn());
        long after = reads();

        assertThat(replies).hasSize(COMMANDS).containsOnly("PONG");
        // The commands, and whoever asks for the number of reads.
        assertThat(after - before).isBetween(1L, 3L);
    }

    @Test
    void isFoundAmongThoseThatForwardToEachOther() {
        Transport ofVertx = ((VertxInternal) vertx).transport();
        Another outermost = new Another(ofVertx);

        assertThat(ForwardingTransport.find(outermost, GatheringTransport.class)).isPresent();
        assertThat(ForwardingTransport.find(outermost, Another.class)).contains(outermost);
        assertThat(ForwardingTransport.find(ofVertx, Another.class)).isEmpty();
    }

    private static final class Another extends ForwardingTransport {
        Another(Transport chosen) {
            super(chosen);
        }
    }

    /** Each command is written by itself, as the callers of a lane do. */
    private Future<List<String>> onOneTurn() {
        Promise<List<String>> replies = Promise.promise();
        vertx.runOnContext(_ -> {
            List<Future<String>> each =
                    Stream.generate(() -> connection.send(Request.cmd(Command.PING)))
                            .limit(COMMANDS)
                            .map(reply -> reply.map(String::valueOf))
                            .toList();
            Future.all(each).map(all -> all.<String>list()).onComplete(replies);
        });
        return replies.future();
    }

    private long reads() throws Exception {
        String stats = await(connection.send(Request.cmd(Command.INFO).arg("stats"))).toString();
        Matcher reads = READS.matcher(stats);
        assertThat(reads.find()).as(stats).isTrue();
        return Long.parseLong(reads.group(1));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }
}
