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

/** Tells callers by their API keys, from the mirror alone. Thread-safe. */
@ApplicationScoped
class Callers {
    static final String HEADER = "X-API-Key";

    private final Mirror mirror;
    private final InstantSource clock = InstantSource.system();

    Callers(Mirror mirror) {
        this.mirror = mirror;
    }

    /**
     * Notes on the call who makes it, and the control state that says so.
     *
     * @param sent the key as it was sent; null where there was none
     * @throws ProblemException 401 for a missing, mistyped, unknown or revoked key
     */
    void identify(Call call, @Nullable String sent) {
        if (sent == null) {
            throw refused("send an API key in the header " + HEADER);
        }
        ApiKey key =
                ApiKey.parse(sent)
                        .orElseThrow(() ->
                                refused(
                                        "the key in "
                                                + HEADER
                                                + " has not the form of an API key; it may be cut or mistyped"));
        ControlState state = mirror.state();
        Client client =
                state.client(key.id())
                        .filter(known -> known.accepts(key, clock.instant()))
                        .orElseThrow(() ->
                                refused("the key in " + HEADER + " is not known, or is revoked"));
        call.authenticated(state, client);
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(401, "unauthenticated", "Unauthenticated", detail));
    }
}
