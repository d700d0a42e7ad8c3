package io.trekpoint.lanes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static final List<List<Integer>> TWICE_A_HASH =
            List.of(List.of(64, 64), List.of(64, 64));

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
        assertThat(client.accepts(key, NOW)).isTrue();
        assertThat(client.accepts(other, NOW)).isFalse();
        assertThat(client(key.id(), List.of(other.secretHash()), false).accepts(key, NOW))
                .isFalse();
        assertThat(client(other.id(), List.of(key.secretHash()), false).accepts(key, NOW))
                .isFalse();
    }

    @Test
    void refusesEveryKeyOnceRevoked() {
        assertThat(client(key.id(), List.of(key.secretHash()), true).accepts(key, NOW)).isFalse();
    }

    @Test
    void comparesAsOftenWhateverTheAnswer() {
        ApiKey other = ApiKey.generate("dev", new SecureRandom());
        Client one = client(key.id(), List.of(key.secretHash()), false);
        Client two = one.rotated(other.secretHash(), NOW.plusSeconds(10), NOW);
        Client nobody = Client.of("", "nobody", Tier.FREE, Set.of(), "0".repeat(64));

        assertThat(List.of(one, two, one.revoke(), client(key.id(), List.of(), false), nobody))
                .allSatisfy(client -> {
                    assertThat(lengthsCompared(client, key, NOW)).isEqualTo(TWICE_A_HASH);
                    assertThat(lengthsCompared(client, other, NOW)).isEqualTo(TWICE_A_HASH);
                });
        assertThat(lengthsCompared(two, key, NOW.plusSeconds(10))).isEqualTo(TWICE_A_HASH);
    }

    @Test
    void keepsTheOldSecretOfARotationUntilItsTime() {
        ApiKey next = ApiKey.generate("dev", key.id(), new SecureRandom());
        Client client = client(key.id(), List.of(key.secretHash()), false);

        Client rotated = client.rotated(next.secretHash(), NOW.plusSeconds(10), NOW);

        assertThat(rotated.accepts(next, NOW)).isTrue();
        assertThat(rotated.accepts(key, NOW.plusSeconds(9))).isTrue();
        assertThat(rotated.accepts(key, NOW.plusSeconds(10))).isFalse();
        assertThat(rotated.accepts(next, NOW.plusSeconds(10))).isTrue();
    }

    @Test
    void endsTheOldSecretOfARotationOnSomebodysWord() {
        ApiKey next = ApiKey.generate("dev", key.id(), new SecureRandom());
        Client rotated =
                client(key.id(), List.of(key.secretHash()), false)
                        .rotated(next.secretHash(), null, NOW);
        assertThat(rotated.accepts(key, NOW.plusSeconds(1_000_000))).isTrue();

        assertThat(rotated.retired().accepts(key, NOW)).isFalse();
        assertThat(rotated.retired().accepts(next, NOW)).isTrue();
    }

    @Test
    void rotatesAgainOnceTheOldSecretHasEnded() {
        Client rotated =
                client(key.id(), List.of("1".repeat(64)), false)
                        .rotated("2".repeat(64), NOW.plusSeconds(10), NOW);
        assertThatThrownBy(() -> rotated.rotated("3".repeat(64), null, NOW))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(rotated.rotated("3".repeat(64), null, NOW.plusSeconds(10)).secretHashes())
                .containsExactly("3".repeat(64), "2".repeat(64));
    }

    @Test
    void includesTheRolesBeforeIt() {
        Client operator = Client.of("a", "a", Tier.FREE, Set.of(Role.OPERATOR), "0");
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
                                null,
                                false,
                                true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** How long what is compared is on either side, once for each comparison. */
    private static List<List<Integer>> lengthsCompared(Client client, ApiKey shown, Instant now) {
        List<List<Integer>> lengths = new ArrayList<>();
        boolean accepted =
                client.accepts(
                        shown,
                        now,
                        (stored, sent) -> {
                            lengths.add(List.of(stored.length, sent.length));
                            return Arrays.equals(stored, sent);
                        });
        assertThat(accepted).isEqualTo(client.accepts(shown, now));
        return lengths;
    }

    private static Client client(String id, List<String> hashes, boolean revoked) {
        return new Client(id, "name", Tier.FREE, Set.of(), hashes, null, revoked, false);
    }
}
