package io.trekpoint.lanes.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeyTest {
    @Test
    void readsAnRsaKey() throws NoSuchAlgorithmException {
        TokenKey key = TokenKey.of(pem("PUBLIC", pair("RSA", 2048).getPublic())).orElseThrow();

        assertThat(key.fits(TokenAlgorithm.PS512)).isTrue();
        assertThat(key.fits(TokenAlgorithm.ES256)).isFalse();
    }

    @Test
    void readsAnEllipticKey() throws NoSuchAlgorithmException {
        TokenKey key = TokenKey.of(pem("PUBLIC", pair("EC", 384).getPublic())).orElseThrow();

        assertThat(key.fits(TokenAlgorithm.ES384)).isTrue();
        assertThat(key.fits(TokenAlgorithm.RS256)).isFalse();
    }

    @Test
    void refusesAShortKey() throws NoSuchAlgorithmException {
        assertThat(TokenKey.of(pem("PUBLIC", pair("RSA", 1024).getPublic()))).isEmpty();
    }

    @Test
    void refusesAPrivateKey() throws NoSuchAlgorithmException {
        assertThat(TokenKey.of(pem("PRIVATE", pair("RSA", 2048).getPrivate()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.test/.well-known/jwks.json",
                "https://issuer.test:8443/keys?set=a",
                "http://localhost:9000/keys",
                "http://127.0.0.1/keys",
                "http://[::1]:80/keys"
            })
    void readsAnAddress(String address) {
        assertThat(TokenKey.of(address)).contains(new TokenKey.KeySet(URI.create(address)));
    }

    @Test
    void readsThatItIsInAFile() {
        TokenKey key = TokenKey.of("file").orElseThrow();

        assertThat(key).isEqualTo(new TokenKey.InFile());
        assertThat(key.fits(TokenAlgorithm.ES256)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a secret",
                "FILE",
                "file ",
                "http://issuer.test/keys",
                "http://localhost.issuer.test/keys",
                "https://user:word@issuer.test/keys",
                "https:///keys",
                "file:///etc/keys",
                "https://issuer.test/#keys",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n=\n-----END PUBLIC KEY-----"
            })
    void refusesAnythingElse(String text) {
        assertThat(TokenKey.of(text)).isEmpty();
    }

    private static KeyPair pair(String family, int bits) throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String pem(String kind, Key key) {
        String encoded = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----".formatted(kind, encoded, kind);
    }
}
