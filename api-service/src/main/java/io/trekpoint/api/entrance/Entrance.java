package io.trekpoint.api.entrance;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trekpoint.api.gateway.Address;
import io.trekpoint.api.gateway.Admission;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.api.problem.ProblemWriter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * First: gives every request its identity, also one that matches no route, and lets it in where its
 * envelope is sane and there is room. A sane identity that the client sent is kept, so that its
 * logs and ours speak of the same thing. Runs on the event loop and asks nobody.
 */
@Singleton
final class Entrance {
    private static final String CALL = "trek.call";
    private static final String REQUEST_ID = "X-Request-Id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int FIRST = 10_000;
    private static final int RETRY_SECONDS = 1;

    private final Admission admission;
    private final ProblemWriter problems;
    private final AccessLog log;

    Entrance(Admission admission, ProblemWriter problems, AccessLog log) {
        this.admission = admission;
        this.problems = problems;
        this.log = log;
    }

    void register(@Observes Filters filters) {
        filters.register(this::receive, FIRST);
    }

    @Produces
    @RequestScoped
    Call call(RoutingContext routing) {
        return routing.get(CALL);
    }

    private void receive(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        boolean operators = isForOperators(request);
        Optional<Admission.Place> place =
                operators ? Optional.of(Admission.NO_PLACE) : admission.enter();
        Call call =
                new Call(
                        identity(request),
                        Address.of(request.remoteAddress()),
                        place.orElse(Admission.NO_PLACE));
        routing.put(CALL, call);
        writeHeaders(call, request, routing.response());
        routing.addEndHandler(_ -> {
            call.leave();
            log.write(call, routing);
        });
        try {
            if (place.isEmpty()) {
                throw overloaded();
            }
            Head.check(request);
        } catch (ProblemException e) {
            problems.write(routing, call, e);
            return;
        }
        routing.next();
    }

    /** Whoever looks after this process is never refused for want of room. */
    private static boolean isForOperators(HttpServerRequest request) {
        String path = request.path();
        return path != null && (path.startsWith("/q/") || path.equals("/status"));
    }

    private static String identity(HttpServerRequest request) {
        String sent = request.getHeader(REQUEST_ID);
        return sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    }

    /** What every answer carries, streams and the framework's own included. */
    private static void writeHeaders(
            Call call, HttpServerRequest request, HttpServerResponse response) {
        response.putHeader(REQUEST_ID, call.requestId())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Frame-Options", "DENY");
        String path = request.path();
        if (path == null || !path.startsWith("/q/swagger-ui")) {
            response.putHeader(
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        }
        if (request.isSSL()) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static ProblemException overloaded() {
        return new ProblemException(
                        Problem.of(
                                503,
                                "overloaded",
                                "Overloaded",
                                "This gateway has as many requests in work as it can do. Nothing was done."
                                        + " Try again."))
                .retryAfter(RETRY_SECONDS);
    }
}
