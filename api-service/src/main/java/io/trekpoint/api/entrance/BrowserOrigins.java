package io.trekpoint.api.entrance;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.api.problem.AllowedMethods;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Lets the pages of the configured origins call (CORS). A page of another origin gets an answer
 * that its browser does not show it; who is no browser is not concerned.
 */
@Singleton
final class BrowserOrigins {
    private static final int AFTER_THE_ENTRANCE = 9_000;
    private static final String ANY = "*";

    private final AllowedMethods allowed;
    private final Set<String> origins;

    BrowserOrigins(GatewayConfig config, AllowedMethods allowed) {
        this.allowed = allowed;
        this.origins = Set.copyOf(config.browserOrigins().orElse(Set.of()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_THE_ENTRANCE);
    }

    private void admit(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String origin = request.getHeader("Origin");
        if (origin == null || !routing.normalizedPath().startsWith("/v1/")) {
            routing.next();
            return;
        }
        HttpServerResponse response = routing.response();
        boolean known = origins.contains(ANY) || origins.contains(origin);
        response.putHeader("Vary", "Origin");
        if (known) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader(
                            "Access-Control-Expose-Headers",
                            "Accept-Ranges, Allow, Content-Disposition, Content-Location, Content-Range,"
                                    + " ETag, Idempotency-Replayed, Link, Location, Preference-Applied,"
                                    + " RateLimit, RateLimit-Policy, Retry-After, Trek-Limits,"
                                    + " WWW-Authenticate, X-Request-Id");
        }
        boolean preflight =
                request.method().equals(HttpMethod.OPTIONS)
                        && request.getHeader("Access-Control-Request-Method") != null;
        if (!preflight) {
            routing.next();
            return;
        }
        if (known) {
            response.putHeader(
                            "Access-Control-Allow-Methods",
                            String.join(", ", allowed.of(routing.normalizedPath())))
                    .putHeader(
                            "Access-Control-Allow-Headers",
                            "Authorization, Content-Encoding, Content-Type, Idempotency-Key, If-Match,"
                                    + " If-None-Match, If-Range, Last-Event-ID, Prefer, Range, X-API-Key,"
                                    + " X-Request-Id")
                    .putHeader("Access-Control-Max-Age", "3600");
        }
        response.setStatusCode(known ? 204 : 403).end();
    }
}
