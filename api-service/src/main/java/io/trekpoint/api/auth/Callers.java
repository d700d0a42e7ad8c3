package io.trekpoint.api.auth;

import io.trekpoint.api.gateway.Address;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.gateway.Caller;
import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.evaluation.EvaluationCounters;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells callers by their API keys or tokens, from the control state alone. Thread-safe. */
@ApplicationScoped
class Callers {
    static final String HEADER = "X-API-Key";

    private static final String BEARER = "Bearer ";
    private static final String SERVICE = "api-service";

    private final Mirror mirror;
    private final Tokens tokens;
    private final String environment;
    private final EvaluationCounters evaluations;
    private final InstantSource clock = InstantSource.system();

    Callers(Mirror mirror, Tokens tokens, GatewayConfig config, EvaluationCounters evaluations) {
        this.mirror = mirror;
        this.tokens = tokens;
        this.environment = config.keyEnvironment();
        this.evaluations = evaluations;
    }

    /**
     * Notes on the call who makes it, and the control state that says so. Credentials that are sent
     * have to be right, also where anonymous use is allowed.
     *
     * @param key the API key as it was sent; null where there was none
     * @param authorization the header of that name, looked at where there is no API key
     * @throws ProblemException 401 for a missing, mistyped, unknown or revoked key, and for a token
     *     that is not right; 503 while what verifies tokens is not at hand
     */
    void identify(Call call, @Nullable String key, @Nullable String authorization) {
        ControlState state = mirror.state();
        call.authenticated(state, caller(state, key, authorization, call.address()));
    }

    private Caller caller(
            ControlState state,
            @Nullable String key,
            @Nullable String authorization,
            Address address) {
        if (key != null) {
            return byKey(key, state);
        }
        if (authorization != null && isToken(authorization)) {
            String token = authorization.substring(BEARER.length()).strip();
            return tokens.caller(token, state)
                    .orElseThrow(() -> refused("the token in Authorization is not accepted here"));
        }
        if (authorization == null && mayBeAnonymous(state, address)) {
            return Caller.anonymous(address);
        }
        throw refused("send an API key in the header " + HEADER + ", or a bearer token");
    }

    private Caller byKey(String sent, ControlState state) {
        ApiKey key =
                ApiKey.parse(sent)
                        .orElseThrow(() ->
                                refused(
                                        "the key in "
                                                + HEADER
                                                + " has not the form of an API key; it may be cut or mistyped"));
        if (!key.environment().equals(environment)) {
            throw refused("the key in " + HEADER + " is not one of this environment");
        }
        Client held = state.client(key.id()).orElse(Client.NOBODY);
        // A browser's key lies open in pages: it reads flags, and is nobody's who is served here.
        if (!held.accepts(key, clock.instant()) || held.browser()) {
            throw refused("the key in " + HEADER + " is not known, or is revoked");
        }
        return Caller.of(held);
    }

    private boolean mayBeAnonymous(ControlState state, Address address) {
        Caller caller = Caller.anonymous(address);
        FlagAnswer answer =
                state.flag(
                        FlagKey.ANONYMOUS,
                        EvaluationContext.ofClient(caller.id(), caller.tier().label()));
        evaluations.count(SERVICE, FlagKey.ANONYMOUS.key(), answer);
        return answer.asBoolean(FlagKey.ANONYMOUS.enabledByDefault());
    }

    private static boolean isToken(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(401, "unauthenticated", "Unauthenticated", detail));
    }
}
