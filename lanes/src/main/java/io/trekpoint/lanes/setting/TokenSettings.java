package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.client.TokenAlgorithm;
import io.trekpoint.lanes.client.TokenKey;
import io.trekpoint.lanes.setting.SettingKey.About;
import io.trekpoint.lanes.setting.SettingKey.Global;
import java.time.Duration;
import java.util.List;

/** Whose tokens (JWT) the gateway takes in place of an API key. */
public final class TokenSettings {
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_KEY = 2_000;

    /** The issuer; empty where no tokens are taken. */
    public static final Global<String> ISSUER =
            new Global<>(
                    about(
                            "issuer",
                            "name",
                            "Whose tokens are taken, by their iss; empty for none at all"),
                    SettingType.text("a text", LONGEST_NAME, _ -> true),
                    "");

    /** The audience. */
    public static final Global<String> AUDIENCE =
            new Global<>(
                    about("audience", "name", "For whom tokens have to be, by their aud"),
                    SettingType.text("a text", LONGEST_NAME, _ -> true),
                    "");

    /** The one algorithm; a token that names another is refused. */
    public static final Global<TokenAlgorithm> ALGORITHM =
            new Global<>(
                    about("algorithm", "name", "How tokens have to be signed"),
                    SettingType.choice(TokenAlgorithm.class),
                    TokenAlgorithm.RS256);

    /** What verifies them, in the form of {@link TokenKey}. */
    public static final Global<String> KEY =
            new Global<>(
                    about(
                            "key",
                            "key",
                            "What verifies tokens; an address is asked every minute, the file is TREK_GATEWAY_JWT_KEY_FILE"),
                    SettingType.text(
                            "empty, a public key as PEM (RSA of at least 2048 bits, or EC), the https address"
                                    + " of a JSON Web Key Set, or file",
                            LONGEST_KEY,
                            text -> text.isEmpty() || TokenKey.of(text).isPresent()),
                    "");

    /** How far the clocks of issuer and gateway may be apart. */
    public static final Global<Duration> LEEWAY =
            new Global<>(
                    about("leeway", "time", "How far the issuer's clock may be off"),
                    SettingType.wholeSeconds(Duration.ZERO, Duration.ofMinutes(5)),
                    Duration.ofSeconds(30));

    static final List<SettingKey<?>> ALL = List.of(ISSUER, AUDIENCE, ALGORITHM, KEY, LEEWAY);

    private TokenSettings() {}

    private static About about(String name, String unit, String description) {
        return new About("auth.jwt." + name, unit, "api-service", description);
    }
}
