package io.trekpoint.control.auth;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Checks the API key of every request against the mirror, and its roles against the method. */
final class ApiKeyFilter {
    static final String HEADER = "X-API-Key";
    private static final String BEARER = "Bearer ";

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
        ControlState state = mirror.current().state();
        Allowed allowed = method.getAnnotation(Allowed.class);
        boolean forBrowsers = allowed != null && allowed.browsers();
        Client client = client(request, state, forBrowsers);
        if (client == null) {
            return;
        }
        if (allowed == null) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Nobody may call this.");
        }
        if (!client.has(allowed.value())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "This takes the role " + allowed.value().label() + ".");
        }
        if (client.browser() && !forBrowsers) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A browser's key opens the evaluation of flags alone.");
        }
        caller.identify(client);
    }

    /**
     * The client that calls; null while no control state was ever known, so that nobody can be told
     * from anybody, for what answers with declared defaults all the same.
     */
    private @Nullable Client client(
            ContainerRequestContext request, ControlState state, boolean forBrowsers) {
        String shown = shownKey(request);
        if (shown == null && forBrowsers && request.getMethod().equals(HttpMethod.GET)) {
            String ticket =
                    request.getUriInfo().getQueryParameters().getFirst(EventTicket.PARAMETER);
            if (ticket != null) {
                return EventTicket.holder(ticket, state, clock.instant())
                        .orElseThrow(ApiKeyFilter::unknown);
            }
        }
        if (shown == null) {
            throw new ProblemException(
                    ProblemType.UNAUTHENTICATED,
                    "Send an API key in " + HEADER + ", or as a bearer token.");
        }
        ApiKey key =
                ApiKey.parse(shown)
                        .orElseThrow(() ->
                                new ProblemException(
                                        ProblemType.UNAUTHENTICATED,
                                        "The API key is mistyped or cut short."));
        if (forBrowsers && !state.head().known()) {
            return null;
        }
        Client held = state.client(key.id()).orElse(Client.NOBODY);
        if (!held.accepts(key, clock.instant())) {
            throw unknown();
        }
        return held;
    }

    private static @Nullable String shownKey(ContainerRequestContext request) {
        String key = request.getHeaderString(HEADER);
        if (key != null && !key.isBlank()) {
            return key;
        }
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        return authorization != null
                        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemType.UNAUTHENTICATED, "The API key is not known, or was revoked.");
    }
}
