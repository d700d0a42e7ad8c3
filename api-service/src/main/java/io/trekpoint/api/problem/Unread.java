package io.trekpoint.api.problem;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;

/** What becomes of a body that is still on its way when its request has been answered. */
final class Unread {
    private Unread() {}

    /**
     * Closes the connection after the answer where the body was not read whole. A header alone
     * leaves it open, and the rest of the body would be taken for a request.
     */
    static void closeAfterwards(RoutingContext routing, BiConsumer<String, String> headers) {
        HttpServerRequest request = routing.request();
        if (request.isEnded()) {
            return;
        }
        headers.accept("Connection", "close");
        routing.addEndHandler(_ -> request.connection().close());
    }
}
