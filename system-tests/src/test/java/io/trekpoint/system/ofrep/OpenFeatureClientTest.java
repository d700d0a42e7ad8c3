package io.trekpoint.system.ofrep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The SDK of OpenFeature for Java, over its OFREP provider, against the packaged service. */
class OpenFeatureClientTest {
    private static final EvaluationContext HIKER = new MutableContext("u1");
    private static Product product;
    private static Flags flags;
    private static Client client;

    @BeforeAll
    static void start() {
        product = Plan.named("openfeature").start();
        flags = new Flags(product.operator("operator"));
        flags.define();
        client = client(product.control(), product.key("reader"));
    }

    @AfterAll
    static void stop() {
        OpenFeatureAPI.getInstance().shutdown();
        product.close();
    }

    @Test
    void getsABoolean() {
        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("search", false, HIKER);
        assertThat(details.getValue()).isTrue();
        assertThat(details.getVariant()).isEqualTo("a");
        assertThat(details.getReason()).isEqualTo("STATIC");
        assertThat(details.getErrorCode()).isNull();
        assertThat(details.getFlagMetadata().getString("trek.source")).isEqualTo("redis");
        assertThat(details.getFlagMetadata().getInteger("trek.revision")).isGreaterThan(1);
    }

    @Test
    void getsAStringForTheContext() {
        MutableContext pro = new MutableContext("u1").add("tier", "pro");
        assertThat(client.getStringValue("banner", "none", pro)).isEqualTo("blue");
        assertThat(client.getStringDetails("banner", "none", pro).getReason())
                .isEqualTo("TARGETING_MATCH");
        assertThat(client.getStringValue("banner", "none", HIKER)).isEqualTo("red");
    }

    @Test
    void getsAnInteger() {
        assertThat(client.getIntegerValue("zoom", 0, HIKER)).isEqualTo(5);
    }

    @Test
    void getsADouble() {
        FlagEvaluationDetails<Double> details = client.getDoubleDetails("opacity", 0.0, HIKER);
        assertThat(details.getErrorCode()).isNull();
        assertThat(details.getValue()).isEqualTo(1.0);
    }

    @Test
    void getsAnObject() {
        Value value = client.getObjectValue("layers", new Value(), HIKER);
        assertThat(value.asStructure().getValue("names").asList().getFirst().asString())
                .isEqualTo("relief");
    }

    @Test
    void getsItsOwnDefaultWhereThereIsNoSuchFlag() {
        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("none", true, HIKER);
        assertThat(details.getValue()).isTrue();
        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    }

    @Test
    void getsItsOwnDefaultForAFlagOfAnotherType() {
        assertThat(client.getBooleanDetails("zoom", true, HIKER).getErrorCode())
                .isEqualTo(ErrorCode.TYPE_MISMATCH);
    }

    @Test
    void getsItsOwnDefaultForAFlagThatCannotBeEvaluated() {
        EvaluationContext nobody = new MutableContext("u1").add("tier", "no such variant");
        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("broken", true, nobody);
        assertThat(details.getValue()).isTrue();
        // Whatever is answered with 400 is that to this client; the answer says GENERAL.
        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);
    }

    @Test
    void isToldThatItsKeyIsWrong() {
        Client stranger = client(product.control(), "trek_dev_nobody_nothing");
        FlagEvaluationDetails<Boolean> details = stranger.getBooleanDetails("search", false, HIKER);
        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.GENERAL);
        assertThat(details.getErrorMessage()).contains("authentication");
    }

    @Test
    void seesAKill() {
        flags.turn("search", "kill");
        try {
            FlagEvaluationDetails<Boolean> details =
                    client.getBooleanDetails("search", true, HIKER);
            assertThat(details.getValue()).isFalse();
            assertThat(details.getReason()).isEqualTo("DISABLED");
        } finally {
            flags.turn("search", "restore");
        }
        assertThat(client.getBooleanValue("search", false, HIKER)).isTrue();
    }

    @Test
    void keepsItsFlagsThroughAnOutageAndARestartWithinIt() {
        flags.turn("search", "kill");
        long revision = product.control().revision();
        await().until(() -> product.control().snapshotRevision() == revision);
        product.redis(LaneName.CONTROL).kill();
        try {
            await().atMost(Duration.ofSeconds(10))
                    .until(
                            () -> client.getStringDetails("banner", "", HIKER).getReason(),
                            "STALE"::equals);
            assertThat(client.getBooleanValue("search", true, HIKER)).isFalse();

            product.control().restart();

            FlagEvaluationDetails<Boolean> details =
                    client.getBooleanDetails("search", true, HIKER);
            assertThat(details.getValue()).isFalse();
            assertThat(details.getReason()).isEqualTo("STALE");
            assertThat(details.getFlagMetadata().getString("trek.source")).isEqualTo("disk");
        } finally {
            product.heal();
            flags.turn("search", "restore");
        }
    }

    @Test
    void getsDeclaredDefaultsWhereNothingWasEverKnown() {
        Service cold =
                product.add(
                        Module.CONTROL,
                        Map.of(
                                "TREK_REDIS_CONTROL_URL",
                                "redis://127.0.0.1:" + RedisServer.freePort()));
        try {
            cold.launch().awaitReady();
            Client early = client(cold, product.key("reader"));
            FlagEvaluationDetails<Boolean> declared =
                    early.getBooleanDetails("gpx.export", false, HIKER);
            assertThat(declared.getValue()).isTrue();
            assertThat(declared.getReason()).isEqualTo("DEFAULT");
            assertThat(declared.getFlagMetadata().getString("trek.source")).isEqualTo("default");
            assertThat(early.getBooleanValue("search", false, HIKER)).isTrue();
            assertThat(early.getStringValue("banner", "none", HIKER)).isEqualTo("none");
        } finally {
            product.remove(cold);
        }
    }

    private static Client client(Service control, String key) {
        String domain = control.url() + " " + key.hashCode();
        OfrepProviderOptions options =
                OfrepProviderOptions.builder()
                        .baseUrl(control.url().toString())
                        .headers(ImmutableMap.of("X-API-Key", ImmutableList.of(key)))
                        .build();
        OpenFeatureAPI.getInstance()
                .setProviderAndWait(domain, OfrepProvider.constructProvider(options));
        return OpenFeatureAPI.getInstance().getClient(domain);
    }
}
