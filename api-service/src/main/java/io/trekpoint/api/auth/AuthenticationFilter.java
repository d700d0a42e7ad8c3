package io.trekpoint.api.auth;

import io.trekpoint.api.gateway.Call;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Second: finds out who calls, without asking anybody, so that known keys keep working while Redis
 * is away. Everything under {@code /v1} asks for a key or a token.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {
    private final Callers callers;
    private final Call call;

    AuthenticationFilter(Callers callers, Call call) {
        this.callers = callers;
        this.call = call;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().startsWith("/v1/")) {
            callers.identify(
                    call,
                    request.getHeaderString(Callers.HEADER),
                    request.getHeaderString(HttpHeaders.AUTHORIZATION));
        }
    }
}
