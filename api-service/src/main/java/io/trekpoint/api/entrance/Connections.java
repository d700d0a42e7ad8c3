package io.trekpoint.api.entrance;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.lanes.transport.ForwardingTransport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Guards the connections of the server that is about to start. */
@Singleton
final class Connections implements HttpServerOptionsCustomizer {
    private final Vertx vertx;
    private final HeadRefusals refusals;
    private final Duration patience;

    Connections(Vertx vertx, HeadRefusals refusals, GatewayConfig config) {
        this.vertx = vertx;
        this.refusals = refusals;
        this.patience = config.headPatience();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        guard(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        guard(options);
    }

    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        guard(options);
    }

    private void guard(HttpServerOptions options) {
        GuardedTransport transport =
                ForwardingTransport.find(
                                ((VertxInternal) vertx).transport(), GuardedTransport.class)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "connections cannot be guarded: META-INF/services has no effect"));
        transport.guardWith(channel -> new HeadGuard(refusals, patience, options).watch(channel));
    }
}
