package io.trekpoint.api.entrance;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trekpoint.api.problem.AllowedMethods;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Answers {@code OPTIONS} with the methods of a path, of all its resources. Asks for no
 * credentials: the contract says the same to everybody. A path at which nothing is goes the way of
 * all others.
 */
@Singleton
final class Options {
    private static final int AFTER_THE_BROWSERS = 8_000;

    private final AllowedMethods allowed;

    Options(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, AFTER_THE_BROWSERS);
    }

    private void answer(RoutingContext routing) {
        if (!routing.request().method().equals(HttpMethod.OPTIONS)) {
            routing.next();
            return;
        }
        Set<String> methods = allowed.of(routing.normalizedPath());
        if (methods.isEmpty()) {
            routing.next();
            return;
        }
        routing.response().setStatusCode(204).putHeader("Allow", String.join(", ", methods)).end();
    }
}
