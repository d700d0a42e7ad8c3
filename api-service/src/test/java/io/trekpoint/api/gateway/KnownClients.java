package io.trekpoint.api.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.specification.RequestSpecification;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.mirror.ControlData;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Set;

/** The clients of the gateway under test, and the control state that knows them. */
@Singleton
public class KnownClients {
    /** A client of the free tier. */
    public static final ApiKey HIKER = ApiKey.generate("test", new SecureRandom());

    /** Another one. */
    public static final ApiKey OTHER = ApiKey.generate("test", new SecureRandom());

    private final ControlData state;
    private final Mirror mirror;

    KnownClients(@Named("control") Lane control, Mirror mirror) {
        this.mirror = mirror;
        state =
                ControlData.init(control)
                        .setting("limits.burst.requests", "1000")
                        .client(client(HIKER, Tier.FREE))
                        .client(client(OTHER, Tier.FREE));
        await().until(() -> mirror.current().state().client(OTHER.id()).isPresent());
    }

    /** The control state, to be changed. */
    public ControlData state() {
        return state;
    }

    /** A client that nobody else in the tests is. */
    public ApiKey newcomer() {
        return newcomer(Tier.FREE);
    }

    /** A client of a tier that nobody else in the tests is. */
    public ApiKey newcomer(Tier tier) {
        ApiKey key = ApiKey.generate("test", new SecureRandom());
        state.client(client(key, tier));
        await().until(() -> mirror.current().state().client(key.id()).isPresent());
        return key;
    }

    /** A request of the owner of a key. */
    public static RequestSpecification as(ApiKey key) {
        return given().header("X-API-Key", key.reveal());
    }

    private static Client client(ApiKey key, Tier tier) {
        return Client.of(key.id(), "test", tier, Set.of(), key.secretHash());
    }
}
