package io.trekpoint.api.auth;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells callers by their API keys or tokens, from the mirror alone. Thread-safe. */
@ApplicationScoped
class Callers {
    static final String HEADER = "X-API-Key";

    private static final String BEARER = "Bearer ";

    private final Mirror mirror;
    private final Tokens tokens;
    private final InstantSource clock = InstantSource.system();

    Callers(Mirror mirror, Tokens tokens) {
        this.mirror = mirror;
        this.tokens = tokens;
    }

    /**
     * Notes on the call who makes it, and the control state that says so.
     *
     * @param key the API key as it was sent; null where there was none
     * @param authorization the header of that name, looked at where there is no API key
     * @throws ProblemException 401 for a missing, mistyped, unknown or revoked key, and for a token
     *     that is not right; 503 while what verifies tokens is not at hand
     */
    void identify(Call call, @Nullable String key, @Nullable String authorization) {
        ControlState state = mirror.state();
        if (key != null) {
            call.authenticated(state, byKey(key, state));
        } else if (authorization != null && isToken(authorization)) {
            String token = authorization.substring(BEARER.length()).strip();
            Client client =
                    tokens.client(token, state)
                            .orElseThrow(() ->
                                    refused("the token in Authorization is not accepted here"));
            call.authenticated(state, client);
        } else {
            throw refused("send an API key in the header " + HEADER + ", or a bearer token");
        }
    }

    private Client byKey(String sent, ControlState state) {
        ApiKey key =
                ApiKey.parse(sent)
                        .orElseThrow(() ->
                                refused(
                                        "the key in "
                                                + HEADER
                                                + " has not the form of an API key; it may be cut or mistyped"));
        return state.client(key.id())
                .filter(known -> known.accepts(key, clock.instant()))
                .orElseThrow(
                        () -> refused("the key in " + HEADER + " is not known, or is revoked"));
    }

    private static boolean isToken(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(401, "unauthenticated", "Unauthenticated", detail));
    }
}
