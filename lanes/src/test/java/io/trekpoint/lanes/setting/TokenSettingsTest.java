package io.trekpoint.lanes.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.client.TokenAlgorithm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSettingsTest {
    private static final String KEY_SET = "https://issuer.test/keys";

    @Test
    void takesTheAddressOfAKeySet() {
        assertThatCode(() -> TokenSettings.KEY.validate(TextNode.valueOf(KEY_SET)))
                .doesNotThrowAnyException();
        assertThat(TokenSettings.KEY.read(TextNode.valueOf(KEY_SET))).isEqualTo(KEY_SET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://issuer.test/keys", "a shared secret", "ftp://issuer.test"})
    void refusesWhatIsNoKey(String key) {
        assertThatThrownBy(() -> TokenSettings.KEY.validate(TextNode.valueOf(key)))
                .isInstanceOf(InvalidSettingException.class);
        assertThat(TokenSettings.KEY.read(TextNode.valueOf(key))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "HS512", "rs256", ""})
    void refusesAlgorithmsThatShareTheirKey(String name) {
        assertThatThrownBy(() -> TokenSettings.ALGORITHM.validate(TextNode.valueOf(name)))
                .isInstanceOf(InvalidSettingException.class);
        assertThat(TokenSettings.ALGORITHM.read(TextNode.valueOf(name)))
                .isEqualTo(TokenAlgorithm.RS256);
    }

    @Test
    void refusesTextsThatAreTooLongOrNone() {
        assertThatThrownBy(() -> TokenSettings.ISSUER.validate(TextNode.valueOf("x".repeat(501))))
                .isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> TokenSettings.ISSUER.validate(IntNode.valueOf(1)))
                .isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void wantsAnAlgorithmOfTheKeysFamily() {
        String curve =
                """
                -----BEGIN PUBLIC KEY-----
                MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAjCNVzmAviiJy/UG5UB44dOB/obh
                x8Plhg35oX1nmhV2FlIRs8+BQhbb42KJ7LM9zzVhbaGNrFONIwu9WQyaqQ==
                -----END PUBLIC KEY-----
                """;
        SettingValues stored = _ -> Optional.empty();
        SettingValues keyed = stored.with(TokenSettings.KEY, TextNode.valueOf(curve));

        assertThatThrownBy(() -> SettingRule.check(List.of(TokenSettings.KEY), keyed))
                .isInstanceOf(InvalidSettingException.class);
        assertThatCode(() ->
                        SettingRule.check(
                                List.of(TokenSettings.KEY),
                                keyed.with(TokenSettings.ALGORITHM, TextNode.valueOf("ES256"))))
                .doesNotThrowAnyException();
    }
}
