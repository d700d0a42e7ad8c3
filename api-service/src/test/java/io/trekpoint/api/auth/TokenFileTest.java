package io.trekpoint.api.auth;

import static io.restassured.RestAssured.given;
import static io.trekpoint.api.auth.SigningKeys.pair;
import static io.trekpoint.api.auth.SigningKeys.pem;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway takes tokens by the key that is mounted for it. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class TokenFileTest {
    /** A key that was not there is looked for again after five seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final KeyPair FIRST = pair("RSA", 2048);
    private static final KeyPair SECOND = pair("RSA", 2048);

    @Inject KnownClients clients;
    @Inject GatewayConfig config;

    @BeforeEach
    void trust() {
        clients.state()
                .setting("auth.jwt.audience", "\"trek\"")
                .setting("auth.jwt.key", "\"file\"")
                .setting("auth.jwt.issuer", "\"https://issuer.test\"");
    }

    @AfterEach
    void trustNobody() throws IOException {
        clients.state().setting("auth.jwt.issuer", "\"\"").setting("auth.jwt.key", "\"\"");
        await().atMost(PATIENCE).until(() -> status(FIRST) == 401);
        Files.deleteIfExists(file());
    }

    @Test
    void takesTokensByTheFileAsItIsNow() throws IOException {
        await().atMost(PATIENCE).until(() -> status(FIRST) == 503);
        given().header("Authorization", "Bearer " + token(FIRST))
                .get("/v1/jobs/nothing")
                .then()
                .body("type", equalTo("urn:trekpoint:problem:token-keys-unavailable"));

        Files.writeString(file(), pem(FIRST.getPublic()));
        await().atMost(PATIENCE).until(() -> status(FIRST) == 404);
        given().header("Authorization", "Bearer " + token(SECOND))
                .get("/v1/jobs/nothing")
                .then()
                .statusCode(401);

        Files.writeString(file(), pem(SECOND.getPublic()));
        await().atMost(PATIENCE).until(() -> status(SECOND) == 404);
        given().header("Authorization", "Bearer " + token(FIRST))
                .get("/v1/jobs/nothing")
                .then()
                .statusCode(401);
    }

    private Path file() {
        return config.jwtKeyFile().orElseThrow();
    }

    private static int status(KeyPair keys) {
        return given().header("Authorization", "Bearer " + token(keys))
                .get("/v1/jobs/nothing")
                .statusCode();
    }

    private static String token(KeyPair keys) {
        return Jwt.claims()
                .issuer("https://issuer.test")
                .audience("trek")
                .subject("hiker")
                .issuedAt(Instant.now().minusSeconds(300))
                .expiresAt(Instant.now().plusSeconds(60))
                .jws()
                .algorithm(SignatureAlgorithm.RS256)
                .sign(keys.getPrivate());
    }
}
