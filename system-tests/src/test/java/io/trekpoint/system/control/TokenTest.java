package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gateway takes tokens of the issuer that the settings name, and no others. */
@ExtendWith(WholeProduct.class)
class TokenTest {
    private static final KeyPair KEYS = pair();
    private static final KeyPair OTHERS = pair();
    private static final Duration PROMPTLY = Duration.ofSeconds(5);

    private Operator operator;
    private Caller gateway;

    @BeforeEach
    void trust(Product product) {
        operator = new Operator(product);
        gateway = product.gateway().caller();
        operator.set("auth.jwt.audience", "\"trek\"");
        operator.set("auth.jwt.key", TextNode.valueOf(pem(KEYS)).toString());
        product.awaitRevision(operator.set("auth.jwt.issuer", "\"https://issuer.test\""));
    }

    @AfterEach
    void trustNobody() {
        List.of("auth.jwt.issuer", "auth.jwt.key", "auth.jwt.audience").forEach(operator::unset);
    }

    @Test
    void servesBySubjectAndTier() {
        Answer answer = ask(signed(claims().claim("tier", "pro")));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("RateLimit-Policy")).contains("\"hour\";q=20000;");
    }

    @Test
    void keepsTheJobsOfSubjectsApart() {
        String mine = "Bearer " + signed(claims().claim("tier", "pro"));
        String theirs = "Bearer " + signed(claims().subject("other").claim("tier", "pro"));

        Answer done = gateway.export("kml", Gpx.walk(), "Authorization", mine, "Prefer", "wait=20");

        assertThat(done.status()).isEqualTo(200);
        String job = done.json().at("/links/self").asText();
        assertThat(gateway.get(job, "Authorization", mine).status()).isEqualTo(200);
        assertThat(gateway.get(job, "Authorization", theirs).status()).isEqualTo(404);
    }

    @Test
    void refusesEveryOtherTokenAlike() {
        List<String> wrong =
                List.of(
                        signed(claims().issuer("https://elsewhere.test")),
                        signed(claims().audience("elsewhere")),
                        signed(claims().expiresAt(Instant.now().minusSeconds(120))),
                        claims().jws()
                                .algorithm(SignatureAlgorithm.RS256)
                                .sign(OTHERS.getPrivate()),
                        "no-token");

        List<ObjectNode> refusals = wrong.stream().map(this::refusal).distinct().toList();

        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst().path("type").asText())
                .isEqualTo("urn:trekpoint:problem:unauthenticated");
    }

    @Test
    void refusesTokensOfAnIssuerThatIsTrustedNoMore(Product product) {
        String token = signed(claims());
        assertThat(ask(token).status()).isEqualTo(404);

        operator.unset("auth.jwt.issuer");
        product.awaitRevision(product.control().revision());

        assertThat(ask(token).status()).isEqualTo(401);
    }

    @Test
    void fetchesTheKeysFromAnAddress() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = keySet().getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/keys",
                exchange -> {
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        server.start();
        try {
            takeKeysFrom(server.getAddress().getPort());
            String token =
                    claims().jws()
                            .algorithm(SignatureAlgorithm.RS256)
                            .keyId("first")
                            .sign(KEYS.getPrivate());

            await().atMost(PROMPTLY).until(() -> ask(token).status() == 404);
            assertThat(ask(signed(claims().issuer("https://elsewhere.test"))).status())
                    .isEqualTo(401);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysThatItCannotTellWhileTheKeysAreNotHad() {
        takeKeysFrom(RedisServer.freePort());

        await().atMost(PROMPTLY).until(() -> ask(signed(claims())).status() == 503);
        Answer answer = ask(signed(claims()));
        assertThat(answer.problem()).isEqualTo("urn:trekpoint:problem:token-keys-unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    private void takeKeysFrom(int port) {
        operator.set("auth.jwt.key", "\"http://127.0.0.1:%d/keys\"".formatted(port));
    }

    private ObjectNode refusal(String token) {
        Answer answer = ask(token);
        assertThat(answer.status()).isEqualTo(401);
        return ((ObjectNode) answer.json()).without(List.of("instance"));
    }

    private Answer ask(String token) {
        return gateway.get("/v1/jobs/none", "Authorization", "Bearer " + token);
    }

    private static JwtClaimsBuilder claims() {
        return Jwt.claims()
                .issuer("https://issuer.test")
                .audience("trek")
                .subject("hiker")
                .issuedAt(Instant.now().minusSeconds(300))
                .expiresAt(Instant.now().plusSeconds(300));
    }

    private static String signed(JwtClaimsBuilder claims) {
        return claims.jws().algorithm(SignatureAlgorithm.RS256).sign(KEYS.getPrivate());
    }

    private static String keySet() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"first\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(
                        base64(key.getModulus().toByteArray()),
                        base64(key.getPublicExponent().toByteArray()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----";
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
