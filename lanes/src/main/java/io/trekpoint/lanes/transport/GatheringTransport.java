package io.trekpoint.lanes.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.spi.transport.Transport;

/**
 * Another transport, with one difference: what clients of this process write to a connection in one
 * turn of its event loop goes out at the end of the turn, together. Commands of many callers over
 * one connection would cost a system call and a packet each, and Redis another system call to read
 * it. Thread-safe.
 */
final class GatheringTransport extends ForwardingTransport {
    /** No more writes than these wait for the end of a turn. */
    private static final int MOST_WRITES =
            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES;

    GatheringTransport(Transport chosen) {
        super(chosen);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        ChannelFactory<? extends Channel> chosen = super.channelFactory(domainSocket);
        return () -> gathering(chosen.newChannel());
    }

    private static Channel gathering(Channel channel) {
        channel.pipeline().addFirst(new FlushConsolidationHandler(MOST_WRITES, true));
        return channel;
    }
}
