package io.trekpoint.api.auth;

import io.trekpoint.api.gateway.Caller;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.mirror.ControlState;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells callers by their tokens, as the settings of the state say. Thread-safe. */
@Singleton
class Tokens {
    private static final int RETRY_SECONDS = 5;

    private final TokenKeys keys;
    private volatile @Nullable TokenVerifier latest;

    Tokens(TokenKeys keys) {
        this.keys = keys;
    }

    /**
     * Whom a token speaks of; empty where no tokens are taken, or not this one.
     *
     * @throws ProblemException 503 while what verifies it is not at hand
     */
    Optional<Caller> caller(String token, ControlState state) {
        return TokenRules.of(state).flatMap(rules -> verifier(rules).verify(token));
    }

    private TokenVerifier verifier(TokenRules rules) {
        String known = keys.of(rules.key()).orElseThrow(Tokens::notAtHand);
        TokenVerifier verifier = latest;
        if (verifier == null || !verifier.goesBy(rules, known)) {
            verifier = new TokenVerifier(rules, known);
            latest = verifier;
        }
        return verifier;
    }

    private static ProblemException notAtHand() {
        return new ProblemException(
                        Problem.of(
                                503,
                                "token-keys-unavailable",
                                "Temporarily unavailable",
                                "What verifies tokens cannot be had just now. Try again, or use an API key."))
                .retryAfter(RETRY_SECONDS);
    }
}
