package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.lanes.redis.RedisSession;
import io.trekpoint.lanes.redis.SentScripts;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A node that has all slots of a cluster refuses a script, and any command, that touches more than
 * one of them: all of the product's work is done on such a one.
 */
class SlotFaultTest {
    private static final Path SCRIPTS = Path.of("..", "lanes", "src", "main", "resources", "lua");
    private static final int JOBS = Profile.of(40, 2_000);
    private static final int LONG = 10_000_000;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String REASON = "{\"reason\": \"a test\"}";

    /**
     * Those that want an outage, a loss, a change of very many entries or a wait cut short. Of
     * these only {@code carry}, {@code control-restore} and {@code look-again} touch several keys.
     */
    private static final Set<String> NOT_RUN =
            Set.of("carry", "control-restore", "forget-reserving", "look-again", "ring", "stage");

    private static Product product;
    private final FaultRun run = new FaultRun(product);

    @BeforeAll
    static void start() {
        RedisServer node = nodeOfAllSlots();
        product =
                FaultRun.plan("slot-faults")
                        .on(LaneName.JOBS, node)
                        .on(LaneName.LIMITS, node)
                        .on(LaneName.CONTROL, node)
                        .setting("jobs.max-attempts", "1")
                        .start();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void touchesOneSlotInEachScriptAndCommand() {
        run.submit(JOBS);
        killsAJobAndRunsItAgain();
        killsAJobAndDiscardsIt();
        delaysCancelsAndLists();
        killsAFlagAndRestoresIt();
        comesWithoutAKey();

        // The sweeps come by themselves, some seconds apart.
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(notRun()).as("scripts that were not run").isSubsetOf(NOT_RUN));
        assertThat(product.services())
                .allSatisfy(service ->
                        assertThat(service.metric("trek_lane_faults_total", "rejected"))
                                .as("commands that %s was refused", service.module().label())
                                .isZero());
        run.conclude(
                "F11",
                "everything on a node that has all slots of a cluster: %d scripts of %d"
                        .formatted(
                                SentScripts.named(SCRIPTS).size() - notRun().size(),
                                SentScripts.named(SCRIPTS).size()));
    }

    private Set<String> notRun() {
        Set<String> notRun = new TreeSet<>(SentScripts.named(SCRIPTS));
        notRun.removeAll(SentScripts.of(run.redis(), SCRIPTS));
        return notRun;
    }

    private static RedisServer nodeOfAllSlots() {
        RedisServer node =
                RedisServer.start(
                        "--appendfsync",
                        "always",
                        "--cluster-enabled",
                        "yes",
                        "--cluster-port",
                        String.valueOf(RedisServer.freePort()));
        node.command("CLUSTER ADDSLOTSRANGE 0 16383");
        try (RedisSession session = new RedisSession(node)) {
            await("the node has them all")
                    .atMost(SOON)
                    .until(() -> session.command("CLUSTER INFO").contains("cluster_state:ok"));
        }
        return node;
    }

    private static void killsAJobAndRunsItAgain() {
        String job = deadLetter();
        Answer retried = operator().postJson("/v1/dead-letters/" + job + "/retry", REASON);
        assertThat(retried.status()).as("%s", retried).isEqualTo(202);
        await().atMost(SOON).until(() -> state(job).equals("succeeded"));
        assertThat(client().get("/v1/jobs/" + job + "/result").status()).isEqualTo(200);
    }

    private static void killsAJobAndDiscardsIt() {
        String job = deadLetter();
        Answer discarded = operator().postJson("/v1/dead-letters/" + job + "/discard", REASON);
        assertThat(discarded.status()).as("%s", discarded).isBetween(200, 204);
    }

    /** A job of several chunks that had one attempt, whose worker was killed in it. */
    private static String deadLetter() {
        String job = client().exportOfASpiral(LONG).json().path("id").asText();
        await("a worker has it")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> state(job).equals("active"));
        product.worker().kill();
        product.worker().launch().awaitReady();
        await("it is given up").atMost(SOON).until(() -> state(job).equals("failed"));
        return job;
    }

    private static void delaysCancelsAndLists() {
        String due = Instant.now().plusSeconds(1).toString();
        Answer delayed =
                client().post(
                                "/v1/jobs/stats?notBefore=" + due,
                                Gpx.walk(),
                                "Content-Type",
                                "application/gpx+xml");
        assertThat(operator().postJson("/v1/queues/jobs/pause", REASON).status()).isEqualTo(200);
        String queued = client().export("kml", Gpx.walk()).json().path("id").asText();
        Answer cancelled = client().send("DELETE", "/v1/jobs/" + queued, BodyPublishers.noBody());
        assertThat(cancelled.json().path("state").asText()).isEqualTo("cancelled");
        assertThat(client().get("/v1/jobs").json().path("jobs")).isNotEmpty();
        assertThat(operator().get("/v1/queues").status()).isEqualTo(200);
        assertThat(operator().postJson("/v1/queues/jobs/resume", REASON).status()).isEqualTo(200);
        await().atMost(SOON)
                .until(() -> state(delayed.json().path("id").asText()).equals("succeeded"));
    }

    private static void killsAFlagAndRestoresIt() {
        for (String turn : new String[] {"kill", "restore"}) {
            Answer turned = operator().postJson("/v1/flags/gpx.export/" + turn, REASON);
            assertThat(turned.status()).as("%s", turned).isEqualTo(200);
        }
        assertThat(operator().get("/v1/audit").status()).isEqualTo(200);
        product.awaitRevision(product.control().revision());
    }

    private static void comesWithoutAKey() {
        assertThat(product.gateway().caller().get("/v1/jobs").status()).isEqualTo(401);
        await("gateways have told each other")
                .atMost(SOON)
                .until(() ->
                        SentScripts.of(product.redis(LaneName.LIMITS), SCRIPTS)
                                .contains("shared-rate"));
    }

    private static String state(String job) {
        return client().get("/v1/jobs/" + job).json().path("state").asText();
    }

    private static Caller client() {
        return product.client("pro");
    }

    private static Caller operator() {
        return product.operator("operator");
    }
}
