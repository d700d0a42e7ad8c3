package io.trekpoint.api.auth;

import io.trekpoint.lanes.client.TokenAlgorithm;
import io.trekpoint.lanes.client.TokenKey;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.setting.TokenSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Whose tokens are taken, by the settings.
 *
 * @param issuer their {@code iss}
 * @param audience what their {@code aud} has to have
 * @param algorithm how they have to be signed
 * @param key what verifies them
 * @param leeway how far the issuer's clock may be off
 */
record TokenRules(
        String issuer, String audience, TokenAlgorithm algorithm, TokenKey key, Duration leeway) {
    /** The rules of a state; empty where it takes no tokens. */
    static Optional<TokenRules> of(ControlState state) {
        String issuer = state.get(TokenSettings.ISSUER);
        String audience = state.get(TokenSettings.AUDIENCE);
        if (issuer.isEmpty() || audience.isEmpty()) {
            return Optional.empty();
        }
        return TokenKey.of(state.get(TokenSettings.KEY))
                .map(key ->
                        new TokenRules(
                                issuer,
                                audience,
                                state.get(TokenSettings.ALGORITHM),
                                key,
                                state.get(TokenSettings.LEEWAY)));
    }
}
