package io.trekpoint.system.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.FaultyProxy;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Person;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Exports of a month, followed through everything that may happen to their jobs. Each test has a
 * client of its own, whose month holds two exports.
 */
class QuotaOfJobsTest {
    private static final byte[] WALK = Gpx.walk();
    private static final Duration SETTLED = Duration.ofSeconds(20);

    /** The longest upload, the grace of its submit and two sweeps, and some for a slow machine. */
    private static final Duration SWEPT = Duration.ofSeconds(45);

    private static Product product;

    @BeforeAll
    static void start() {
        Plan plan =
                Plan.named("quota-of-jobs")
                        .apart(LaneName.JOBS)
                        .apart(LaneName.LIMITS)
                        .with("TREK_LANES_JOBS_DEADLINE", "8s")
                        .redis("--appendonly", "yes", "--appendfsync", "always")
                        .setting("gpx.export.monthly-quota", "2")
                        .setting("jobs.input-ttl", "\"2s\"")
                        .setting("jobs.lease", "\"2s\"");
        IntStream.range(0, 9).forEach(i -> plan.person(Person.client("client-" + i, "partner")));
        product = plan.start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void heal() {
        restoreExport();
        product.heal();
    }

    @Test
    void countsWhatSucceeded() {
        Answer done = client(0).export("kml", WALK, "Prefer", "wait=20");

        assertThat(done.json().path("state").asText()).isEqualTo("succeeded");
        awaitNothingToSettle();
        assertThat(used(client(0))).isOne();
    }

    @Test
    void countsWhatFailedForItsInput() {
        Answer failed = client(1).export("kml", Gpx.of("<gpx><trk></gpx>"), "Prefer", "wait=20");

        assertThat(failed.json().path("state").asText()).isEqualTo("failed");
        awaitNothingToSettle();
        assertThat(used(client(1))).isOne();
    }

    @Test
    void chargesARetryOnceAlsoOnASpentQuota() {
        Caller client = client(2);
        Answer first = client.export("kml", WALK, "Idempotency-Key", "\"a\"");
        Answer second = client.export("kml", WALK, "Idempotency-Key", "\"a\"");
        assertThat(used(client)).isOne();
        client.export("kml", WALK);
        assertThat(client.export("kml", WALK).status()).isEqualTo(429);

        Answer third = client.export("kml", WALK, "Idempotency-Key", "\"a\"");

        assertThat(third.status()).isEqualTo(202);
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(id(third)).isEqualTo(id(first));
        assertThat(used(client)).isEqualTo(2);
    }

    @Test
    void givesBackWhatIsCancelledBeforeItRan() {
        product.worker().stop();
        Caller client = client(3);
        String id = id(client.export("kml", WALK));
        assertThat(used(client)).isOne();
        client.send("DELETE", "/v1/jobs/" + id, BodyPublishers.noBody());

        product.worker().launch().awaitReady();

        awaitUsed(client, 0);
    }

    @Test
    void givesBackOnceWhatFailedForAReasonOfOursAlsoWhenTheWorkerIsKilledBeforeItSettles() {
        product.worker().stop();
        Caller client = client(4);
        String id = id(client.export("kml", WALK));
        killExport();
        product.redis(LaneName.LIMITS).freeze();
        product.worker().launch().awaitReady();
        await().atMost(SETTLED).until(() -> state(client, id).equals("failed"));
        assertThat(toSettle()).isOne();

        product.worker().kill();
        product.redis(LaneName.LIMITS).thaw();
        product.worker().launch().awaitReady();

        awaitUsed(client, 0);
        awaitNothingToSettle();
    }

    @Test
    void releasesWhatAGatewayReservedAndNeverSubmitted() throws InterruptedException {
        Caller client = client(5);
        product.redis(LaneName.JOBS).freeze();
        Thread request = Thread.ofVirtual().start(() -> ignoringItsEnd(client));
        awaitUsed(client, 1);

        product.gateway().kill();
        request.join();
        product.redis(LaneName.JOBS).kill();
        product.redis(LaneName.JOBS).restart();
        product.gateway().launch().awaitReady();

        await().atMost(SWEPT).untilAsserted(() -> assertThat(used(client)).isZero());
        assertThat(client.get("/v1/jobs").json().path("jobs")).isEmpty();
    }

    @Test
    void releasesNothingWhileTheJobStoreCannotBeRead() throws InterruptedException {
        Caller client = client(6);
        product.redis(LaneName.JOBS).freeze();
        Thread request = Thread.ofVirtual().start(() -> ignoringItsEnd(client));
        awaitUsed(client, 1);
        product.gateway().kill();
        request.join();
        product.gateway().launch();

        // The submit lies in the socket of the frozen server, and is carried out once that goes on.
        await().during(Duration.ofSeconds(20))
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> reservations() == 1);
        product.redis(LaneName.JOBS).thaw();

        product.gateway().awaitReady();
        await().atMost(SWEPT)
                .until(() ->
                        client.get("/v1/jobs")
                                .json()
                                .at("/jobs/0/state")
                                .asText()
                                .equals("succeeded"));
        awaitNothingToSettle();
        assertThat(used(client)).isOne();
    }

    @Test
    void chargesARetryOnceWhenTheGatewayIsKilledBetweenTheSubmitAndItsAnswer()
            throws InterruptedException {
        Caller client = client(8);
        String[] key = {"Idempotency-Key", "\"unanswered\""};

        submitAndKillBeforeItsAnswer(client, key);
        String submitted = client.get("/v1/jobs").json().at("/jobs/0/id").asText();
        Answer retry = client.export("kml", WALK, key);

        assertThat(id(retry)).isEqualTo(submitted);
        assertThat(retry.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(client.get("/v1/jobs").json().path("jobs")).hasSize(1);
        await().atMost(SETTLED).until(() -> state(client, submitted).equals("succeeded"));
        awaitNothingToSettle();
        assertThat(used(client)).isOne();
    }

    @Test
    void countsOnceWhatAKilledWorkerLeftToAnother() {
        Caller client = client(7);
        String id = id(client.exportOfASpiral(24_000_000));
        await().atMost(SETTLED)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> state(client, id).equals("active"));
        product.worker().kill();
        product.worker().launch().awaitReady();

        await().atMost(SWEPT).until(() -> state(client, id).equals("succeeded"));
        awaitNothingToSettle();
        assertThat(used(client)).isOne();
    }

    /** At a gateway of its own, which the store hears and which does not hear the store. */
    private static void submitAndKillBeforeItsAnswer(Caller client, String... headers)
            throws InterruptedException {
        try (FaultyProxy wire = new FaultyProxy(product.redis(LaneName.JOBS).port())) {
            Service gateway = product.add(Module.API, Map.of("TREK_REDIS_JOBS_URL", wire.url()));
            try {
                gateway.launch().awaitReady();
                product.awaitNormal(SETTLED);
                Caller there = gateway.caller().as(client.key());
                // Redis has the script from then on, and is sent nothing but its name.
                id(there.as(product.key("partner")).export("kml", WALK));
                long before = product.jobKeys("j:*");
                wire.inject(new FaultyProxy.Fault.BlackHole());
                Thread request = Thread.ofVirtual().start(() -> ignoringItsEnd(there, headers));
                await().atMost(SETTLED).until(() -> product.jobKeys("j:*") == before + 1);
                assertThat(request.isAlive()).as("the answer is still waited for").isTrue();
                gateway.kill();
                request.join();
            } finally {
                product.remove(gateway);
            }
        }
    }

    private static void ignoringItsEnd(Caller client, String... headers) {
        try {
            client.export("kml", WALK, headers);
        } catch (RuntimeException e) {
            assertThat(e).hasMessageNotContaining("AssertionError");
        }
    }

    private static void killExport() {
        switchExport("kill");
    }

    private static void restoreExport() {
        switchExport("restore");
    }

    private static void switchExport(String how) {
        product.operator("operator")
                .postJson("/v1/flags/gpx.export/" + how, "{\"reason\": \"a test\"}");
    }

    private static Caller client(int number) {
        return product.client("client-" + number);
    }

    private static String id(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    private static String state(Caller client, String id) {
        return client.get("/v1/jobs/" + id).json().path("state").asText();
    }

    private static long used(Caller client) {
        JsonNode me = client.get("/v1/me").json();
        assertThat(me.path("countedBy").asText()).isEqualTo("redis");
        JsonNode exports = me.at("/quotas/0");
        return exports.path("allowance").asLong() - exports.path("remaining").asLong();
    }

    private static void awaitUsed(Caller client, long exports) {
        await().atMost(SETTLED)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(used(client)).isEqualTo(exports));
    }

    private static void awaitNothingToSettle() {
        await().atMost(SETTLED).until(() -> toSettle() == 0);
    }

    private static long toSettle() {
        return number(LaneName.JOBS, "XLEN trek:{jobs:0}:settle");
    }

    private static long reservations() {
        return number(
                LaneName.LIMITS,
                "EVAL \"return #redis.call('KEYS', 'trek:{limits:*}:reservation:*')\" 0");
    }

    private static long number(LaneName lane, String command) {
        return Long.parseLong(product.redis(lane).command(command).substring(1));
    }
}
