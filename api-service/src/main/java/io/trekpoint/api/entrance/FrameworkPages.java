package io.trekpoint.api.entrance;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.api.problem.ProblemWriter;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps what the framework serves by itself (health, metrics, the contract) to those who read it:
 * it would take a {@code DELETE} for a {@code GET}, and knows nothing of {@code OPTIONS}.
 */
@Singleton
final class FrameworkPages {
    private static final int AFTER_OPTIONS = 7_000;
    private static final List<String> ROOTS =
            List.of("/q/health", "/q/metrics", "/q/openapi", "/q/swagger-ui");
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final ProblemWriter problems;

    FrameworkPages(ProblemWriter problems) {
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_OPTIONS);
    }

    private void admit(RoutingContext routing) {
        HttpMethod method = routing.request().method();
        String path = routing.normalizedPath();
        if (ROOTS.stream().noneMatch(path::startsWith)
                || method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)) {
            routing.next();
        } else if (method.equals(HttpMethod.OPTIONS)) {
            routing.response().setStatusCode(204).putHeader("Allow", METHODS).end();
        } else {
            problems.write(
                    routing,
                    routing.get(Entrance.CALL),
                    new ProblemException(
                                    Problem.of(
                                            405,
                                            "method-not-allowed",
                                            "Method Not Allowed",
                                            "This path does not take this method."))
                            .header("Allow", METHODS));
        }
    }
}
