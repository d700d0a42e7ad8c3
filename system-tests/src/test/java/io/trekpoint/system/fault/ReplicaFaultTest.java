package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The primary of the jobs dies: what its replica, or its file, still has of what was promised. */
class ReplicaFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AWAY = Duration.ofMillis(5);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private static ReplicatedRedis redis;
    private static Product product;
    private static Service local;

    @BeforeAll
    static void start() {
        redis = new ReplicatedRedis();
        product =
                FaultRun.plan("replica-faults")
                        .with("TREK_REDIS_JOBS_URL", redis.url())
                        .with("TREK_JOBS_DURABILITY", "replicated")
                        .start();
        local = product.add(Module.API, Map.of("TREK_JOBS_DURABILITY", "local"));
        local.launch().awaitReady();
    }

    @AfterAll
    static void stop() {
        product.close();
        redis.close();
    }

    @Test
    void keepsWhatItHasConfirmedThroughAFailover() {
        FaultRun run = new FaultRun(product);
        product.worker().freeze();
        run.submit(20);
        List<String> confirmed = run.history().acknowledged("confirmed");
        redis.cut();
        product.worker().thaw();
        Map<String, String> published = new HashMap<>();
        confirmed.forEach(job -> published.put(job, digest(job)));
        run.submit(10);
        List<String> unconfirmed = run.history().acknowledged("unconfirmed");

        redis.failOver();
        product.awaitNormal(RECOVERY);

        assertThat(confirmed).as("with the replica in step").hasSize(20);
        assertThat(unconfirmed).as("with the replica cut off").hasSize(10);
        assertThat(confirmed)
                .as("done again where the failover had rolled it back: byte for byte the same")
                .allSatisfy(job -> assertThat(digest(job)).isEqualTo(published.get(job)));
        List<String> lost = unconfirmed.stream().filter(ReplicaFaultTest::isGone).toList();
        run.history().acts().stream()
                .filter(act -> lost.contains(act.job()))
                .map(Act::key)
                .forEach(ReplicaFaultTest::makesOneJobWhenRepeated);
        Outcomes.add(
                "F6",
                "a replica cut off, its primary killed, the replica promoted",
                "confirmed 20, lost 0, published again with the same bytes; unconfirmed %d, lost %d, each made once more under its key"
                        .formatted(unconfirmed.size(), lost.size()));
        redis.replicateAgain();
    }

    @Test
    void losesNoMoreThanTheWindowOfItsMode() {
        LossWindow file = new LossWindow("everysec, `kill -9` of Redis, its file read again");
        LossWindow failover = new LossWindow("failover to a replica 5 ms away, durability local");
        LossWindow replicated =
                new LossWindow("failover to a replica 5 ms away, durability replicated");
        for (int i = 0; i < Profile.of(1, 5); i++) {
            measure(
                    file,
                    local,
                    () -> {
                        redis.primary().killAtOnce();
                        redis.primary().restart();
                    });
            redis.delay(AWAY);
            measure(failover, local, redis::failOver);
            redis.replicateAgain();
            redis.delay(AWAY);
            measure(replicated, product.gateway(), redis::failOver);
            redis.replicateAgain();
        }

        for (LossWindow window : List.of(file, failover, replicated)) {
            Outcomes.add("F6", "loss window: " + window.what(), window);
        }
        assertThat(replicated.lostConfirmed()).as("%s", replicated).isZero();
        assertThat(file.longest()).as("%s", file).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(failover.longest())
                .as("%s", failover)
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** Kills the primary while clients submit, repairs, and counts what is gone. */
    private static void measure(LossWindow window, Service gateway, Runnable killAndRepair) {
        FaultRun run = new FaultRun(product, gateway.caller().as(product.key("partner")));
        long killed;
        try (Load load = run.load(2_000)) {
            run.awaitMore(load, 200);
            killed = System.currentTimeMillis();
            killAndRepair.run();
        }
        product.awaitNormal(RECOVERY);
        window.add(run.history(), killed, ReplicaFaultTest::isGone);
    }

    private static void makesOneJobWhenRepeated(String key) {
        Caller client = product.client("partner");
        Answer first = client.export("kml", Gpx.walk(), "Idempotency-Key", key);
        Answer again = client.export("kml", Gpx.walk(), "Idempotency-Key", key);
        assertThat(first.status()).as("%s", first).isEqualTo(202);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        digest(first.json().path("id").asText());
    }

    /** Waits until a job has succeeded; the digest of its output. */
    private static String digest(String job) {
        JsonNode view =
                await("job " + job + " ends")
                        .atMost(PATIENCE)
                        .until(
                                () -> product.client("partner").get("/v1/jobs/" + job).json(),
                                now -> now.has("finishedAt"));
        assertThat(view.path("state").asText()).as("%s", view).isEqualTo("succeeded");
        return view.at("/result/output/sha256").asText();
    }

    private static boolean isGone(String job) {
        return product.client("partner").get("/v1/jobs/" + job).status() == 404;
    }
}
