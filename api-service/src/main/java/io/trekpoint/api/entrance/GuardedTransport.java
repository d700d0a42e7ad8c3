package io.trekpoint.api.entrance;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.trekpoint.lanes.transport.ForwardingTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.util.function.Consumer;

/**
 * Another transport, with one difference: each connection that a server of this process accepts is
 * shown to a guard once the server has made it ready. This is the one place where a server can be
 * reached before a request is there; Quarkus keeps the server itself to itself. Thread-safe.
 */
final class GuardedTransport extends ForwardingTransport {
    private volatile Consumer<Channel> guard = _ -> {};

    GuardedTransport(Transport chosen) {
        super(chosen);
    }

    /** Shows the connections that are accepted from now on to a guard, on their event loops. */
    void guardWith(Consumer<Channel> guard) {
        this.guard = guard;
    }

    @Override
    public void configure(
            NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        ChannelHandler ofTheServer = bootstrap.config().childHandler();
        bootstrap.childHandler(
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(ofTheServer);
                        guard.accept(channel);
                    }
                });
    }
}
