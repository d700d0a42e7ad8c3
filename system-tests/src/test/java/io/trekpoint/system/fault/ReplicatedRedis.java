package io.trekpoint.system.fault;

import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.FaultyProxy;
import java.time.Duration;

/**
 * A primary and a replica: clients reach whichever is the primary by one URL, and the link between
 * the two can be cut.
 */
final class ReplicatedRedis implements AutoCloseable {
    private RedisServer primary = start();
    private final FaultyProxy clients = new FaultyProxy(primary.port());
    private FaultyProxy link = new FaultyProxy(primary.port());
    private RedisServer replica = replicaOf(link);

    private static RedisServer start() {
        return RedisServer.start("--appendfsync", "everysec", "--repl-diskless-sync-delay", "0");
    }

    private static RedisServer replicaOf(FaultyProxy link) {
        RedisServer replica = start();
        replica.command("REPLICAOF 127.0.0.1 " + link.port());
        await("the replica is in step")
                .atMost(Duration.ofSeconds(20))
                .until(() -> replica.info("master_link_status").equals("up"));
        return replica;
    }

    /** How clients reach the primary. */
    String url() {
        return clients.url();
    }

    /** The primary of now. */
    RedisServer primary() {
        return primary;
    }

    /** Lets everything through to the replica that much later, until there is a new one. */
    void delay(Duration each) {
        link.inject(new FaultyProxy.Fault.Latency(each));
    }

    /** Lets nothing through to the replica any more, and leaves the connection open. */
    void cut() {
        link.inject(new FaultyProxy.Fault.BlackHole());
    }

    /** Ends the primary at once, and makes the replica the primary. */
    void failOver() {
        primary.killAtOnce();
        replica.command("REPLICAOF NO ONE");
        primary.close();
        primary = replica;
        clients.redirect(primary.port());
    }

    /** Gives the primary a new replica, in step. */
    void replicateAgain() {
        link.close();
        link = new FaultyProxy(primary.port());
        replica = replicaOf(link);
    }

    @Override
    public void close() {
        clients.close();
        link.close();
        replica.close();
        if (primary != replica) {
            primary.close();
        }
    }
}
