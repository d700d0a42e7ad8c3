package io.trekpoint.control.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Answers {@code OPTIONS} with the methods of a path, of all its resources. Asks for no
 * credentials: the contract says the same to everybody. The framework would answer for one resource
 * alone, and for whatever lies below it.
 */
@Singleton
final class Options {
    private static final String NOT_OF_RESOURCES = "/q/";
    private static final int AFTER_THE_BROWSERS = 8_000;

    private final AllowedMethods allowed;

    Options(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, AFTER_THE_BROWSERS);
    }

    private void answer(RoutingContext routing) {
        String path = routing.normalizedPath();
        if (!routing.request().method().equals(HttpMethod.OPTIONS)
                || path.startsWith(NOT_OF_RESOURCES)) {
            routing.next();
            return;
        }
        Set<String> methods = allowed.of(path);
        if (methods.isEmpty()) {
            EarlyRefusal.write(routing, ProblemType.NOT_FOUND, ProblemType.NOT_FOUND.title());
            return;
        }
        routing.response().setStatusCode(204).putHeader("Allow", String.join(", ", methods)).end();
    }
}
