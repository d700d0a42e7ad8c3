package io.trekpoint.api.entrance;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trekpoint.api.problem.AllowedMethods;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Answers the preflights of pages (CORS): those of the configured origins may call. A page of
 * another origin gets an answer that its browser does not show it; who is no browser is not
 * concerned.
 */
@Singleton
final class BrowserOrigins {
    private static final int AFTER_THE_ENTRANCE = 9_000;

    private final AllowedMethods allowed;
    private final PageHeaders pages;

    BrowserOrigins(PageHeaders pages, AllowedMethods allowed) {
        this.pages = pages;
        this.allowed = allowed;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_THE_ENTRANCE);
    }

    private void admit(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String path = routing.normalizedPath();
        String origin = request.getHeader("Origin");
        boolean preflight =
                request.method().equals(HttpMethod.OPTIONS)
                        && request.getHeader("Access-Control-Request-Method") != null;
        if (origin == null || !preflight || !PageHeaders.concern(path)) {
            routing.next();
            return;
        }
        HttpServerResponse response = routing.response();
        if (!pages.areFor(origin)) {
            response.setStatusCode(403).end();
            return;
        }
        response.putHeader("Access-Control-Allow-Methods", String.join(", ", allowed.of(path)))
                .putHeader(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Encoding, Content-Type, Idempotency-Key, If-Match,"
                                + " If-None-Match, If-Range, Last-Event-ID, Prefer, Range, X-API-Key,"
                                + " X-Request-Id")
                .putHeader("Access-Control-Max-Age", "3600")
                .setStatusCode(204)
                .end();
    }
}
