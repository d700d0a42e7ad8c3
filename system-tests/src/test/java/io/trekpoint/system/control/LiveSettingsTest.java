package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import io.trekpoint.system.product.WholeProduct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A setting that is changed holds in every service that reads it, and none is restarted. */
@ExtendWith(WholeProduct.class)
class LiveSettingsTest {
    private static final Duration PROMPTLY = Duration.ofSeconds(2);
    private static final byte[] WALK = Gpx.walk();

    private final List<String> changed = new ArrayList<>();
    private Operator operator;
    private Caller client;
    private Product product;

    @BeforeEach
    void meet(Product whole) {
        product = whole;
        operator = new Operator(whole);
        client = whole.client("pro");
    }

    @AfterEach
    void putBack() {
        changed.reversed().forEach(operator::unset);
    }

    @Test
    void isKnownToEveryServiceThatRunsOnAsItDid() {
        List<String> before = instances();

        long revision = set("gpx.max-lines", "9999");

        await().atMost(PROMPTLY)
                .until(() ->
                        product.services().stream()
                                .filter(Service::runs)
                                .allMatch(service -> service.revision() >= revision));
        assertThat(instances()).isEqualTo(before);
    }

    @Test
    void limitsRequestsByTier() {
        set("limits.hour.requests", "{\"tiers\": {\"pro\": 54321}}");

        awaitAnswer(answer -> policy(answer).contains("\"hour\";q=54321;w=3600"));
        assertThat(policy(product.client("partner").get("/v1/jobs/none")))
                .contains("\"hour\";q=200000;w=3600");
    }

    @Test
    void limitsBurstsByTheirWindow() {
        set("limits.burst.window", "{\"tiers\": {\"pro\": \"2s\"}}");

        awaitAnswer(answer -> policy(answer).contains("\"burst\";q=1000;w=2"));
    }

    @Test
    void boundsWhatIsUploaded() {
        set("gpx.max-upload-bytes", "{\"tiers\": {\"pro\": 100}}");

        Answer refused = awaitExport(answer -> answer.status() == 413);
        assertThat(refused.json().path("rule").asText()).isEqualTo("must be at most 100 bytes");
    }

    @Test
    void boundsWhatAnUploadInflatesTo() {
        set("gpx.max-upload-bytes", "50000");
        set("gpx.max-inflated-bytes", "50000");
        byte[] packed = Gpx.gzipped(Gpx.track(200_000));

        assertThat(packed.length).isLessThan(50_000);
        await().atMost(PROMPTLY)
                .until(() ->
                        client.export("kml", packed, "Content-Encoding", "gzip").status() == 413);
    }

    @Test
    void boundsThePointsThatTheWorkerReads() {
        set("gpx.max-points", "{\"tiers\": {\"pro\": 2}}");

        assertThat(awaitFailure()).isEqualTo("TOO_MANY_POINTS");
    }

    @Test
    void boundsTheLinesThatTheWorkerReads() {
        set("gpx.max-lines", "1");

        assertThat(awaitFailure()).isEqualTo("TOO_MANY_LINES");
    }

    @Test
    void bindsAJobToTheAttemptsItWasSubmittedWith() {
        set("jobs.max-attempts", "7");

        awaitExport(answer -> answer.json().path("maxAttempts").asInt() == 7);
    }

    @Test
    void boundsHowLongAClientMayWait() {
        set("gateway.longest-wait", "\"0s\"");

        await().atMost(PROMPTLY)
                .until(() -> client.export("kml", WALK, "Prefer", "wait=20").status() == 202);
    }

    @Test
    void boundsWhatIsStored() {
        set("jobs.byte-budget", "1");

        Answer refused = awaitExport(answer -> answer.status() == 503);
        assertThat(refused.problem()).isEqualTo("urn:trekpoint:problem:jobs-unavailable");
    }

    @Test
    void remembersAnIdempotencyKeyAsLong() {
        set("jobs.input-ttl", "\"77s\"");
        set("jobs.idempotency-ttl", "\"77s\"");
        product.awaitRevision(product.control().revision());

        client.export("kml", WALK, "Idempotency-Key", "\"seventy-seven\"");

        String id = ApiKey.parse(client.key()).orElseThrow().id();
        String ttl =
                product.redis(LaneName.JOBS)
                        .command("PTTL trek:{jobs:0}:d:" + id + ":seventy-seven");
        assertThat(Long.parseLong(ttl.substring(1))).isBetween(60_000L, 77_000L);
    }

    @Test
    void keepsEndedJobsAsLong() {
        set("jobs.retention", "\"1s\"");
        product.awaitRevision(product.control().revision());

        String job = finished().json().at("/links/self").asText();

        await().atMost(Duration.ofSeconds(15)).until(() -> client.get(job).status() == 410);
    }

    @Test
    void keepsLeasesAsLong() {
        set("gpx.max-seconds", "600");
        set("jobs.lease", "\"250s\"");
        product.awaitRevision(product.control().revision());

        // What one claim has taken is kept for two leases, in case its answer is lost. The claim
        // of a worker that waits was sent before, and is under the lease of that time.
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            finished();
                            return longestKept();
                        },
                        kept -> kept > 400_000 && kept <= 500_000);
    }

    /** For how long what a claim has taken is kept at the most, ms; 0 where nothing is. */
    private long longestKept() {
        String reply =
                product.redis(LaneName.JOBS)
                        .command(
                                "EVAL \"local m = 0 for _, k in ipairs(redis.call('KEYS',"
                                        + " 'trek:{jobs:0}:k:*')) do m = math.max(m,"
                                        + " redis.call('PTTL', k)) end return m\" 0");
        return Long.parseLong(reply.substring(1));
    }

    private long set(String key, String value) {
        changed.add(key);
        return operator.set(key, value);
    }

    private Answer finished() {
        Answer done = client.export("kml", WALK, "Prefer", "wait=20");
        assertThat(done.status()).isEqualTo(200);
        return done;
    }

    /** The code that exports fail with, soon. */
    private String awaitFailure() {
        JsonNode job =
                await().atMost(PROMPTLY.multipliedBy(2))
                        .until(
                                () -> client.export("kml", WALK, "Prefer", "wait=20").json(),
                                view -> view.path("state").asText().equals("failed"));
        return job.at("/failure/code").asText();
    }

    private Answer awaitExport(Predicate<Answer> expected) {
        return await().atMost(PROMPTLY).until(() -> client.export("kml", WALK), expected);
    }

    private void awaitAnswer(Predicate<Answer> expected) {
        await().atMost(PROMPTLY).until(() -> client.get("/v1/jobs/none"), expected);
    }

    private static String policy(Answer answer) {
        return answer.header("RateLimit-Policy");
    }

    private List<String> instances() {
        return product.services().stream()
                .filter(Service::runs)
                .map(service -> service.caller().get("/status").json().path("instance").asText())
                .toList();
    }
}
