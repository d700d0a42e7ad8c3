package io.trekpoint.control.problem;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Has few calls with a large body at a time, each from before its body is read until it is
 * answered: a tree of JSON takes up to thirty times the memory that its text takes. Others wait for
 * a moment.
 */
final class LargeBodies {
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** How many at a time, of the calls that take more than the usual. */
    private final Map<String, Semaphore> turns =
            Map.of("/v1/changes", new Semaphore(4), "/v1/state/import", new Semaphore(1));

    private final RoutingContext routing;

    LargeBodies(RoutingContext routing) {
        this.routing = routing;
    }

    @ServerRequestFilter
    void takeTurn(ContainerRequestContext request) throws InterruptedException {
        Semaphore turn = turns.get(request.getUriInfo().getPath());
        if (turn == null || !mayBeLarge(request)) {
            return;
        }
        if (!turn.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "Others bring as large a body at the moment, and each has to wait for its turn.");
        }
        // What ends a call is told once for its answer, and again for its connection.
        AtomicBoolean over = new AtomicBoolean();
        routing.addEndHandler(_ -> {
            if (over.compareAndSet(false, true)) {
                turn.release();
            }
        });
    }

    /** Whether its length is more than usual, or not announced. */
    private static boolean mayBeLarge(ContainerRequestContext request) {
        int announced = request.getLength();
        return request.hasEntity() && (announced < 0 || announced > BodyLimit.USUAL);
    }
}
