package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.ControlKeys;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Person;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults F18 and F23: what the control lane holds is broken, emptied or of the wrong type. */
class HarmedStateTest {
    private static final String DISABLED = "urn:trekpoint:problem:feature-disabled";
    private static final String FLAGS = ControlKeys.entries(Kind.FLAG);
    private static final byte[] WALK = Gpx.walk();
    private static final Duration NOTICED = Duration.ofSeconds(10);

    private static Product product;

    @BeforeAll
    static void start() {
        product =
                Plan.named("harmed-state").person(new Person("admin", "partner", "admin")).start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void killExport() {
        new Operator(product).killExport();
        awaitOnTheDisks();
    }

    @AfterEach
    void heal() {
        product.heal();
        new Operator(product).restoreExport();
    }

    @Test
    void nothingFlipsWhenRedisIsEmptiedAndAnOperatorBringsItBack() {
        long known = product.control().revision();
        redis().command("FLUSHALL");

        awaitAlarms();
        assertThat(export(product.gateway()).problem()).isEqualTo(DISABLED);
        assertThat(turn("restore").problem()).isEqualTo("urn:trekpoint:problem:control-diverged");
        Service late = product.add(Module.API, Map.of()).launch().awaitReady();
        try {
            await().atMost(NOTICED).until(() -> late.source().equals("control"));
            assertThat(export(late).problem()).isEqualTo(DISABLED);
        } finally {
            product.remove(late);
        }

        Answer restored = restore();
        assertThat(restored.json().path("revision").asLong()).isGreaterThan(known);
        awaitPeace();
        assertThat(export(product.gateway()).problem()).isEqualTo(DISABLED);
        assertThat(turn("restore").status()).isEqualTo(200);
        await().atMost(NOTICED).until(() -> export(product.gateway()).status() == 202);
        assertThat(verified()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "null",
                "[]",
                "{}",
                "{\"definition\":null,\"killed\":null}",
                "{\"definition\":{\"state\":7},\"killed\":true}"
            })
    void keepsTheLastGoodFormOfABrokenEntryAndSaysSo(String form) {
        harm("redis.call('HSET', KEYS[1], 'gpx.export', ARGV[1])", form);

        product.gateway().restart();

        awaitReport(product.gateway());
        assertThat(export(product.gateway()).problem()).isEqualTo(DISABLED);
        assertThat(turn("kill").status()).isEqualTo(200);
        awaitPeace();
    }

    @Test
    void keepsTheLastGoodFormOfAnEntryOfTenMegabytes() {
        harm("redis.call('HSET', KEYS[1], 'gpx.export', string.rep('x', 10485760))", "");

        product.gateway().restart();

        awaitReport(product.gateway());
        assertThat(export(product.gateway()).problem()).isEqualTo(DISABLED);
        assertThat(turn("kill").status()).isEqualTo(200);
        awaitPeace();
    }

    @Test
    void keepsWhatIsKnownOverAKeyOfTheWrongType() {
        redis().command("DEL " + FLAGS);
        redis().command("SET " + FLAGS + " x");

        awaitAlarms();
        assertThat(export(product.gateway()).problem()).isEqualTo(DISABLED);
        assertThat(restore().status()).isEqualTo(200);
        awaitPeace();
        assertThat(export(product.gateway()).problem()).isEqualTo(DISABLED);
    }

    @Test
    void letsNoGarbageInTheChangeStreamHoldChangesUp() {
        long next = product.control().revision() + 1;
        redis().command("XADD " + ControlKeys.CHANGES + " " + next + "-0 writes garbage");

        assertThat(turn("restore").status()).isEqualTo(200);
        await().atMost(NOTICED).until(() -> export(product.gateway()).status() == 202);
    }

    private static void harm(String lua, String argument) {
        String quoted = argument.replace("\\", "\\\\").replace("\"", "\\\"");
        String reply = redis().command("EVAL \"" + lua + "\" 1 " + FLAGS + " \"" + quoted + "\"");
        assertThat(reply).doesNotStartWith("-");
    }

    private static void awaitOnTheDisks() {
        long revision = product.control().revision();
        await().atMost(NOTICED)
                .until(() ->
                        product.services().stream()
                                .allMatch(each -> each.snapshotRevision() == revision));
    }

    private static void awaitReport(Service service) {
        await().atMost(NOTICED).until(() -> alarm(service).contains("flag gpx.export"));
    }

    private static void awaitAlarms() {
        await().atMost(NOTICED)
                .until(() -> product.services().stream().noneMatch(each -> alarm(each).isEmpty()));
    }

    private static void awaitPeace() {
        await().atMost(NOTICED)
                .until(() -> product.services().stream().allMatch(each -> alarm(each).isEmpty()));
    }

    private static String alarm(Service service) {
        return service.caller().get("/status").json().at("/controlState/alarm").asText();
    }

    private static boolean verified() {
        return product.operator("admin")
                .get("/v1/audit/verify")
                .json()
                .path("verified")
                .asBoolean();
    }

    private static Answer restore() {
        return product.operator("admin").postJson("/v1/state/restore", "{\"reason\":\"a test\"}");
    }

    private static Answer turn(String action) {
        return product.operator("operator")
                .postJson("/v1/flags/gpx.export/" + action, "{\"reason\": \"a test\"}");
    }

    private static Answer export(Service gateway) {
        return gateway.caller().as(product.key("partner")).export("kml", WALK);
    }

    private static RedisServer redis() {
        return product.redis(LaneName.CONTROL);
    }
}
