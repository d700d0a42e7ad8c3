package io.trekpoint.lanes.transport;

import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;

/** Puts the gathering transport in the place of the one that Vert.x has chosen. */
public final class GatheringTransportProvider implements VertxServiceProvider {
    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new GatheringTransport(builder.findTransport()));
    }
}
