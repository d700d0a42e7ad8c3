package io.trekpoint.api.auth;

import static io.trekpoint.api.auth.SigningKeys.base64;
import static io.trekpoint.api.auth.SigningKeys.jwk;
import static io.trekpoint.api.auth.SigningKeys.pair;
import static io.trekpoint.api.auth.SigningKeys.pem;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.trekpoint.api.gateway.Caller;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.client.TokenAlgorithm;
import io.trekpoint.lanes.client.TokenKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Which tokens are taken, and for whom, with keys of the test's own. */
class TokenVerifierTest {
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair OTHER_RSA = pair("RSA", 2048);
    private static final KeyPair EC = pair("EC", 256);
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private final TokenVerifier verifier = verifier(TokenAlgorithm.RS256, RSA);

    @Test
    void tellsWhomATokenSpeaksOf() {
        String token =
                signed(claims().subject("hiker").claim("tier", "pro").groups(Set.of("viewer")));

        Caller client = verifier.verify(token).orElseThrow();

        assertThat(client.name()).isEqualTo("hiker");
        assertThat(client.tier()).isEqualTo(Tier.PRO);
        assertThat(client.roles()).containsExactly(Role.VIEWER);
        assertThat(client.id()).matches("jwt-[0-9a-f]{32}");
    }

    @Test
    void givesEverySubjectAnIdOfItsOwnThatStays() {
        String first = verifier.verify(signed(claims().subject("a"))).orElseThrow().id();
        String again = verifier.verify(signed(claims().subject("a"))).orElseThrow().id();
        String other = verifier.verify(signed(claims().subject("b"))).orElseThrow().id();

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void takesAnUnknownTierForTheLowestAndAnUnknownGroupForNone() {
        String token = signed(claims().claim("tier", "gold").groups(Set.of("emperor")));

        Caller client = verifier.verify(token).orElseThrow();

        assertThat(client.tier()).isEqualTo(Tier.FREE);
        assertThat(client.roles()).isEmpty();
    }

    @Test
    void takesEllipticCurvesToo() {
        String token = claims().jws().algorithm(SignatureAlgorithm.ES256).sign(EC.getPrivate());

        assertThat(verifier(TokenAlgorithm.ES256, EC).verify(token)).isPresent();
    }

    @Test
    void refusesAnotherIssuer() {
        assertRefused(signed(claims().issuer("https://elsewhere.test")));
    }

    @Test
    void refusesAnotherAudience() {
        assertRefused(signed(claims().audience("somebody-else")));
    }

    @Test
    void refusesWhatHasExpiredByMoreThanTheLeeway() {
        Instant now = Instant.now();

        assertRefused(signed(claims().expiresAt(now.minus(LEEWAY).minusSeconds(5))));
        assertThat(verifier.verify(signed(claims().expiresAt(now.minusSeconds(5))))).isPresent();
    }

    @Test
    void refusesWhatIsNotValidYet() {
        assertRefused(signed(claims().claim("nbf", Instant.now().getEpochSecond() + 600)));
    }

    @Test
    void refusesTheSignatureOfAnotherKey() {
        assertRefused(
                claims().jws().algorithm(SignatureAlgorithm.RS256).sign(OTHER_RSA.getPrivate()));
    }

    @Test
    void refusesAnotherAlgorithmOfTheSameKey() {
        assertRefused(claims().jws().algorithm(SignatureAlgorithm.RS512).sign(RSA.getPrivate()));
    }

    @Test
    void refusesThePublicKeyAsASharedSecret() {
        byte[] secret = pem(RSA.getPublic()).getBytes(StandardCharsets.UTF_8);
        assertRefused(
                claims().jws()
                        .algorithm(SignatureAlgorithm.HS256)
                        .sign(new SecretKeySpec(secret, "HmacSHA256")));
    }

    @Test
    void refusesATokenWithoutSignature() {
        String body = signed(claims()).split("\\.")[1];
        assertRefused(
                base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "." + body + ".");
    }

    @Test
    void refusesATokenForNobody() {
        assertRefused(signed(Jwt.claims().issuer("https://issuer.test").audience("trek").upn("x")));
    }

    @Test
    void refusesWhatIsNoTokenAtAll() {
        assertRefused("");
        assertRefused("a.b.c");
        assertRefused("x".repeat(100_000));
    }

    @Test
    void findsItsKeyInASetByItsId() {
        String keys =
                "{\"keys\":[%s,%s]}"
                        .formatted(jwk("old", OTHER_RSA.getPublic()), jwk("new", RSA.getPublic()));
        TokenVerifier set = new TokenVerifier(rules(TokenAlgorithm.RS256, RSA), keys);

        assertThat(set.verify(signedBy("new", RSA))).isPresent();
        assertThat(set.verify(signedBy("old", OTHER_RSA))).isPresent();
        assertThat(set.verify(signedBy("new", OTHER_RSA))).isEmpty();
        assertThat(set.verify(signedBy("unknown", RSA))).isEmpty();
    }

    @Test
    void refusesEverythingByWhatIsNoKeySet() {
        for (String keys : List.of("<html>not found</html>", "{}", "{\"keys\":[]}", "null", "")) {
            TokenVerifier lost = new TokenVerifier(rules(TokenAlgorithm.RS256, RSA), keys);
            assertThat(lost.verify(signed(claims()))).as(keys).isEmpty();
        }
    }

    private void assertRefused(String token) {
        assertThat(verifier.verify(token)).isEmpty();
    }

    private static JwtClaimsBuilder claims() {
        return Jwt.claims()
                .issuer("https://issuer.test")
                .audience("trek")
                .subject("hiker")
                .issuedAt(Instant.now().minusSeconds(300))
                .expiresAt(Instant.now().plusSeconds(60));
    }

    private static String signed(JwtClaimsBuilder claims) {
        return claims.jws().algorithm(SignatureAlgorithm.RS256).sign(RSA.getPrivate());
    }

    private static String signedBy(String keyId, KeyPair pair) {
        return claims().jws()
                .algorithm(SignatureAlgorithm.RS256)
                .keyId(keyId)
                .sign(pair.getPrivate());
    }

    private static TokenVerifier verifier(TokenAlgorithm algorithm, KeyPair pair) {
        return new TokenVerifier(rules(algorithm, pair), pem(pair.getPublic()));
    }

    private static TokenRules rules(TokenAlgorithm algorithm, KeyPair pair) {
        Optional<TokenKey> key = TokenKey.of(pem(pair.getPublic()));
        return new TokenRules("https://issuer.test", "trek", algorithm, key.orElseThrow(), LEEWAY);
    }
}
