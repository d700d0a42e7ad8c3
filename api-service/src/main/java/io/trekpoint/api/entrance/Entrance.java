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

/**
 * First: gives every request its identity, also one that matches no route, and lets it in where its
 * envelope is sane and there is room. Runs on the event loop and asks nobody.
 */
@Singleton
final class Entrance {
    /** Under which a request has its call. */
    static final String CALL = "trek.call";

    private static final int FIRST = 10_000;
    private static final int RETRY_SECONDS = 1;

    private final Admission admission;
    private final ProblemWriter problems;
    private final PageHeaders pages;
    private final AccessLog log;

    Entrance(Admission admission, ProblemWriter problems, PageHeaders pages, AccessLog log) {
        this.admission = admission;
        this.problems = problems;
        this.pages = pages;
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
        boolean operators = isForOperators(routing.normalizedPath());
        Optional<Admission.Place> place =
                operators ? Optional.of(Admission.NO_PLACE) : admission.enter();
        Call call =
                new Call(
                        RequestId.of(request.getHeader(RequestId.HEADER)),
                        Address.of(request.remoteAddress()),
                        place.orElse(Admission.NO_PLACE));
        routing.put(CALL, call);
        writeHeaders(call, routing);
        routing.addHeadersEndHandler(_ -> completeHeaders(routing));
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

    /**
     * Whoever looks after this process is never refused for want of room. Asked of the path that
     * routes go by: as it was sent, {@code /q/../v1/jobs} would pass for theirs.
     */
    private static boolean isForOperators(String path) {
        return path.startsWith("/q/") || path.equals("/status");
    }

    private void writeHeaders(Call call, RoutingContext routing) {
        HttpServerResponse response = routing.response();
        AnswerHeaders.write(call.requestId(), response::putHeader);
        if (!routing.normalizedPath().startsWith("/q/swagger-ui")) {
            response.putHeader("Content-Security-Policy", AnswerHeaders.NO_CONTENT);
        }
        pages.write(
                routing.normalizedPath(),
                routing.request().getHeader("Origin"),
                response::putHeader);
        if (routing.request().isSSL()) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static void completeHeaders(RoutingContext routing) {
        HttpServerResponse response = routing.response();
        AnswerHeaders.date(response::putHeader);
        if (routing.normalizedPath().startsWith("/v1/")
                && !response.headers().contains("Cache-Control")) {
            AnswerHeaders.keepFromOthers(response::putHeader);
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
