package io.trekpoint.api.entrance;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** Puts a {@link HeadDeadline} on every connection of a client. Made by Netty, by its name. */
public final class Connections extends ChannelInitializerExtension {
    private static final String PATIENCE = "trek.gateway.head-patience";

    /** Made by Netty. */
    public Connections() {}

    /** Has Netty look for extensions; it does so once, before it opens its first connection. */
    static void extendNetty() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        Duration patience = ConfigProvider.getConfig().getValue(PATIENCE, Duration.class);
        channel.pipeline().addFirst(new HeadDeadline(patience));
    }
}
