package io.trekpoint.api.auth;

import static io.restassured.RestAssured.given;
import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client hears of credentials that are not taken, over HTTP: that, and nothing about which
 * ones exist.
 */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
@TestProfile(NoOracleTest.Patient.class)
class NoOracleTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject KnownClients clients;
    @Inject Mirror mirror;

    /** Never too many, so that each refusal is told as what it is. */
    public static final class Patient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("trek.gateway.stray-requests", "100000");
        }
    }

    @Test
    void saysTheSameOfEveryKeyThatIsNotTaken() {
        ApiKey unknown = key();
        ApiKey revoked = key();
        clients.state().client(client(revoked).revoke());
        ApiKey ended = key();
        Instant now = Instant.now();
        clients.state().client(client(ended).rotated(key().secretHash(), now.minusSeconds(1), now));
        ApiKey browsers = key();
        clients.state().client(browsers(browsers));
        await().until(() ->
                Stream.of(ended, browsers)
                                .allMatch(key ->
                                        mirror.current().state().client(key.id()).isPresent())
                        && mirror.current().state().client(revoked.id()).isPresent());

        Set<String> heard =
                Stream.of(unknown, revoked, ended, browsers)
                        .map(key -> heard(new Header("X-API-Key", key.reveal())))
                        .collect(Collectors.toSet());

        assertThat(heard).hasSize(1);
    }

    @Test
    void saysTheSameOfEveryTokenThatIsNotTaken() {
        Set<String> heard =
                Stream.of("nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")
                        .map(token -> heard(new Header("Authorization", "Bearer " + token)))
                        .collect(Collectors.toSet());

        assertThat(heard).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "trek_test_", "trek_test_a_b", "trek__a_b", "a b c"})
    void givesEveryRefusalTheSameShape(String key) {
        Response malformed = refused(new Header("X-API-Key", key));
        Response unknown = refused(new Header("X-API-Key", key().reveal()));

        assertThat(fields(malformed)).isEqualTo(fields(unknown));
        assertThat(headers(malformed)).isEqualTo(headers(unknown));
    }

    @Test
    void refusesAKeyOfAnotherEnvironmentLikeOneThatIsNone() {
        Response other = refused(new Header("X-API-Key", ApiKey.generate("prod", RANDOM).reveal()));
        Response unknown = refused(new Header("X-API-Key", key().reveal()));

        assertThat(fields(other)).isEqualTo(fields(unknown));
        assertThat(headers(other)).isEqualTo(headers(unknown));
    }

    @Test
    void refusesAKnownClientsKeyWithAnotherSecretLikeAnUnknownOne() {
        ApiKey known = clients.newcomer();
        ApiKey forged = ApiKey.generate("test", known.id(), RANDOM);

        assertThat(heard(new Header("X-API-Key", forged.reveal())))
                .isEqualTo(heard(new Header("X-API-Key", key().reveal())));
        KnownClients.as(HIKER)
                .get("/v1/me")
                .then()
                .statusCode(200)
                .body("client", equalTo(HIKER.id()));
    }

    private static ApiKey key() {
        return ApiKey.generate("test", RANDOM);
    }

    private static Client client(ApiKey key) {
        return Client.of(key.id(), "gone", Tier.FREE, Set.of(), key.secretHash());
    }

    /** Reads flags that are public, at the control service, and is nobody here. */
    private static Client browsers(ApiKey key) {
        return new Client(
                key.id(),
                "pages",
                Tier.FREE,
                Set.of(Role.READER),
                List.of(key.secretHash()),
                null,
                false,
                true);
    }

    private static Response refused(Header credentials) {
        Response answer = given().header(credentials).get("/v1/me");
        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:trekpoint:problem:unauthenticated"));
        return answer;
    }

    /** The answer without what names the request and its time. */
    private static String heard(Header credentials) {
        Response answer = refused(credentials);
        String id = answer.header("X-Request-Id");
        assertThat(answer.asString()).contains(id);
        return headers(answer) + answer.asString().replace(id, "");
    }

    private static Set<String> fields(Response answer) {
        return answer.jsonPath().getMap("$").keySet().stream()
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }

    private static List<String> headers(Response answer) {
        return answer.headers().asList().stream()
                .filter(header ->
                        !List.of("x-request-id", "date", "content-length")
                                .contains(header.getName().toLowerCase(Locale.ROOT)))
                .map(Header::toString)
                .sorted()
                .toList();
    }
}
