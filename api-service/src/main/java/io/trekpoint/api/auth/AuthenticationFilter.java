package io.trekpoint.api.auth;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.api.problem.StrayRefusal;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Second: finds out who calls, without asking anybody, so that known keys keep working while Redis
 * is away. Everything under {@code /v1} asks for a key or a token, unless anonymous use is switched
 * on. Failures are counted by address.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {
    private static final int UNAUTHENTICATED = 401;

    private final Callers callers;
    private final StrayRefusal strays;
    private final Call call;

    AuthenticationFilter(Callers callers, StrayRefusal strays, Call call) {
        this.callers = callers;
        this.strays = strays;
        this.call = call;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().startsWith("/v1/")) {
            return;
        }
        try {
            callers.identify(
                    call,
                    request.getHeaderString(Callers.HEADER),
                    request.getHeaderString(HttpHeaders.AUTHORIZATION));
        } catch (ProblemException e) {
            throw e.problem().status() == UNAUTHENTICATED ? strays.of(e) : e;
        }
    }
}
