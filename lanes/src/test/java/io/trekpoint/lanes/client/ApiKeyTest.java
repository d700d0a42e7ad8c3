package io.trekpoint.lanes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    private final ApiKey key = ApiKey.generate("dev", new SecureRandom());

    @Test
    void readsWhatItGenerates() {
        ApiKey read = ApiKey.parse(key.reveal()).orElseThrow();
        assertThat(read.reveal()).isEqualTo(key.reveal()).startsWith("trek_dev_" + key.id() + "_");
        assertThat(read.environment()).isEqualTo("dev");
        assertThat(read.secretHash()).isEqualTo(key.secretHash()).matches("[0-9a-f]{64}");
    }

    @Test
    void noticesEveryMistypedCharacter() {
        String text = key.reveal();
        for (int i = "trek_".length(); i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            String mistyped = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(ApiKey.parse(mistyped)).as(mistyped).isEmpty();
        }
    }

    @Test
    void refusesOtherForms() {
        assertThat(ApiKey.parse("")).isEmpty();
        assertThat(ApiKey.parse("trek_dev_abc")).isEmpty();
        assertThat(ApiKey.parse(key.reveal() + "0")).isEmpty();
        assertThat(ApiKey.parse(key.reveal().substring(1))).isEmpty();
    }

    @Test
    void neverShowsItsSecretInText() {
        String secret = key.reveal().substring(key.reveal().lastIndexOf('_') + 1);
        assertThat(key.toString()).contains(key.id()).doesNotContain(secret);
    }

    @Test
    void refusesAnEnvironmentThatCouldNotBeReadBack() {
        assertThatThrownBy(() -> ApiKey.generate("my_env", new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("my_env");
    }

    @Test
    void opensTheDoorForBothSecretsOfARotationAndNoOther() {
        ApiKey other = ApiKey.generate("dev", new SecureRandom());
        Client client = client(key.id(), List.of("0".repeat(64), key.secretHash()), false);
        assertThat(client.accepts(key)).isTrue();
        assertThat(client.accepts(other)).isFalse();
        assertThat(client(key.id(), List.of(other.secretHash()), false).accepts(key)).isFalse();
        assertThat(client(other.id(), List.of(key.secretHash()), false).accepts(key)).isFalse();
    }

    @Test
    void refusesEveryKeyOnceRevoked() {
        assertThat(client(key.id(), List.of(key.secretHash()), true).accepts(key)).isFalse();
    }

    @Test
    void includesTheRolesBeforeIt() {
        Client operator =
                new Client("a", "a", Tier.FREE, Set.of(Role.OPERATOR), List.of("0"), false, false);
        assertThat(operator.has(Role.READER)).isTrue();
        assertThat(operator.has(Role.OPERATOR)).isTrue();
        assertThat(operator.has(Role.ADMIN)).isFalse();
    }

    @Test
    void letsABrowserBeAReaderAlone() {
        assertThatThrownBy(() ->
                        new Client(
                                "a",
                                "a",
                                Tier.FREE,
                                Set.of(Role.VIEWER),
                                List.of("0"),
                                false,
                                true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Client client(String id, List<String> hashes, boolean revoked) {
        return new Client(id, "name", Tier.FREE, Set.of(), hashes, revoked, false);
    }
}
