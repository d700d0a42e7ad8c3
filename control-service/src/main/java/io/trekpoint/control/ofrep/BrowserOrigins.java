package io.trekpoint.control.ofrep;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Lets the pages of the configured origins call over OFREP (CORS), and no page call anything else.
 * A page of another origin gets an answer that its browser does not show it.
 */
@Singleton
final class BrowserOrigins {
    private static final int AFTER_THE_REQUEST_ID = 9_000;
    private static final String ANY = "*";

    private final Set<String> origins;

    BrowserOrigins(OfrepConfig config) {
        this.origins = Set.copyOf(config.browserOrigins().orElse(Set.of()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_THE_REQUEST_ID);
    }

    private void admit(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String origin = request.getHeader("Origin");
        if (origin == null || !request.path().startsWith("/ofrep/")) {
            routing.next();
            return;
        }
        HttpServerResponse response = routing.response();
        boolean known = origins.contains(ANY) || origins.contains(origin);
        if (known) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id");
        }
        response.putHeader("Vary", "Origin");
        boolean preflight =
                request.method().equals(HttpMethod.OPTIONS)
                        && request.getHeader("Access-Control-Request-Method") != null;
        if (!preflight) {
            routing.next();
            return;
        }
        if (known) {
            response.putHeader("Access-Control-Allow-Methods", "GET, POST")
                    .putHeader(
                            "Access-Control-Allow-Headers",
                            "Authorization, Content-Type, If-None-Match, Last-Event-ID, X-API-Key")
                    .putHeader("Access-Control-Max-Age", "3600");
        }
        response.setStatusCode(known ? 204 : 403).end();
    }
}
