package io.trekpoint.api.auth;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Second: finds out who calls, by the mirror alone, so that known keys keep working while Redis is
 * away. Everything under {@code /v1} asks for a key.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {
    private static final String HEADER = "X-API-Key";

    private final Mirror mirror;
    private final Call call;

    AuthenticationFilter(Mirror mirror, Call call) {
        this.mirror = mirror;
        this.call = call;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().startsWith("/v1/")) {
            return;
        }
        String sent = request.getHeaderString(HEADER);
        if (sent == null) {
            throw refused("send an API key in the header " + HEADER);
        }
        ApiKey key =
                ApiKey.parse(sent)
                        .orElseThrow(() ->
                                refused(
                                        "the key in "
                                                + HEADER
                                                + " is not of the form of an API key; it may be cut or mistyped"));
        ControlState state = mirror.current().state();
        Client client =
                state.client(key.id())
                        .filter(known -> known.accepts(key))
                        .orElseThrow(() ->
                                refused("the key in " + HEADER + " is not known, or is revoked"));
        call.authenticated(state, client);
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(401, "unauthenticated", "Unauthenticated", detail));
    }
}
