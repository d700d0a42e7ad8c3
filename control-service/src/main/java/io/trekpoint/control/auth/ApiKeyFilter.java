package io.trekpoint.control.auth;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Checks the API key of every request against the mirror, and its roles against the method. */
final class ApiKeyFilter {
    static final String HEADER = "X-API-Key";

    private final Mirror mirror;
    private final Caller caller;
    private final InstantSource clock;

    ApiKeyFilter(Mirror mirror, Caller caller, InstantSource clock) {
        this.mirror = mirror;
        this.caller = caller;
        this.clock = clock;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    void authenticate(ContainerRequestContext request, ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        if (method.isAnnotationPresent(Unguarded.class)) {
            return;
        }
        Client client = client(request.getHeaderString(HEADER));
        Allowed allowed = method.getAnnotation(Allowed.class);
        if (allowed == null) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Nobody may call this.");
        }
        if (!client.has(allowed.value())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "This takes the role " + allowed.value().label() + ".");
        }
        caller.identify(client);
    }

    private Client client(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw new ProblemException(
                    ProblemType.UNAUTHENTICATED, "Send an API key in " + HEADER + ".");
        }
        ApiKey key =
                ApiKey.parse(header)
                        .orElseThrow(() ->
                                new ProblemException(
                                        ProblemType.UNAUTHENTICATED,
                                        "The API key is mistyped or cut short."));
        return mirror.current()
                .state()
                .client(key.id())
                .filter(client -> client.accepts(key, clock.instant()))
                .orElseThrow(() ->
                        new ProblemException(
                                ProblemType.UNAUTHENTICATED,
                                "The API key is not known, or was revoked."));
    }
}
