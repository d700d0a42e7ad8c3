package io.trekpoint.api.job;

import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static io.trekpoint.api.gateway.KnownClients.OTHER;
import static io.trekpoint.api.gateway.KnownClients.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.job.JobRenewer;
import io.trekpoint.lanes.redis.RedisServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancelling, and jobs for later. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class JobCancelTest {
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";

    RedisServer redis;

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;

    @AfterEach
    void leaveNothingQueued() {
        worker.drain();
    }

    @Test
    void endsAQueuedJobAtOnce() {
        String id = id(submit(""));
        cancel(id).statusCode(202).body("state", equalTo("cancelled"));
        assertThat(worker.claimer().claim(0, JobClaimer.tokens(1))).isEmpty();
        cancel(id).statusCode(202).body("state", equalTo("cancelled"));
        as(HIKER)
                .get("/v1/jobs/" + id + "/result")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:trekpoint:problem:job-cancelled"));
    }

    @Test
    void looksOnceForEachNewsOfAnEndThatIsNone() {
        String id = id(submit(""));
        long looks = looks();
        CompletableFuture<ValidatableResponse> answer =
                CompletableFuture.supplyAsync(
                        () -> as(HIKER).header("Prefer", "wait=2").get("/v1/jobs/" + id).then());
        await().until(() -> looks() > looks);

        redis.command("XADD " + JobKeys.of(0).events() + " * " + id + " succeeded");

        answer.join().statusCode(200).body("state", equalTo("queued"));
        assertThat(looks() - looks).isLessThan(20);
    }

    /** Looks at records, and little else. */
    private long looks() {
        String calls = redis.infoOf("commandstats").replaceAll("(?s).*cmdstat_hmget:calls=", "");
        return Long.parseLong(calls.replaceAll("(?s)\\D.*", ""));
    }

    @Test
    void wakesWhoWaitsForTheJob() {
        String id = id(submit(""));
        CompletableFuture<ValidatableResponse> waiter =
                CompletableFuture.supplyAsync(
                        () -> as(HIKER).header("Prefer", "wait=20").get("/v1/jobs/" + id).then());
        cancel(id).statusCode(202);
        await().atMost(Duration.ofSeconds(4)).until(waiter::isDone);
        waiter.join().statusCode(200).body("state", equalTo("cancelled"));
    }

    @Test
    void asksTheWorkerOfAnActiveJobToStop() {
        String id = id(submit(""));
        ClaimedJob job = worker.claim();
        cancel(id)
                .statusCode(202)
                .body("state", equalTo("active"))
                .body("cancelling", equalTo(true));
        assertThat(worker.progress(job, 0.5)).isEqualTo(JobRenewer.Answer.CANCEL);
        worker.stop(job);
        cancel(id)
                .statusCode(202)
                .body("state", equalTo("cancelled"))
                .body("cancelling", nullValue());
    }

    @Test
    void cancelsOnlyTheJobThatIsMeant() {
        String path = "/v1/jobs/" + PlayedWorker.submit(as(HIKER));
        String queued = as(HIKER).get(path).header("ETag");
        worker.claim();
        for (String other : List.of(queued, "\"nope\"", "W/" + queued)) {
            as(HIKER)
                    .header("If-Match", other)
                    .delete(path)
                    .then()
                    .statusCode(412)
                    .body("type", equalTo("urn:trekpoint:problem:precondition-failed"))
                    .body("field", equalTo("If-Match"));
        }
        as(HIKER).get(path).then().body("cancelling", nullValue());
        as(HIKER).header("If-Match", "\"nope\"").delete("/v1/jobs/nothing").then().statusCode(404);
        String active = as(HIKER).get(path).header("ETag");
        as(HIKER).header("If-Match", active).delete(path).then().statusCode(202);
    }

    @Test
    void refusesAJobThatHasEnded() throws IOException {
        String id = id(submit(""));
        worker.finish(worker.claim(), "text/plain", "done");
        cancel(id).statusCode(409).body("type", equalTo("urn:trekpoint:problem:job-ended"));
        as(OTHER).delete("/v1/jobs/" + id).then().statusCode(404);
        cancel("nonsense").statusCode(404);
    }

    @Test
    void answersARetriedKeyWithTheSameJobAndWaitingTellsThatItIsCancelled() {
        String key = "\"cancelled-" + Instant.now() + "\"";
        String id = id(keyed(key, ""));
        cancel(id).statusCode(202);
        keyed(key, "")
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(id))
                .body("state", equalTo("queued"));
        keyed(key, "", "Prefer", "wait=1")
                .statusCode(200)
                .body("id", equalTo(id))
                .body("state", equalTo("cancelled"));
    }

    @Test
    void delaysAJobUntilItsTime() {
        Instant due = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MILLIS);
        String id =
                submit("?notBefore=" + due)
                        .statusCode(202)
                        .body("state", equalTo("delayed"))
                        .body("notBefore", equalTo(due.toString()))
                        .body("dueAt", equalTo(due.toString()))
                        .extract()
                        .path("id");
        assertThat(worker.claimer().claim(0, JobClaimer.tokens(1))).isEmpty();
        cancel(id).statusCode(202).body("state", equalTo("cancelled"));
    }

    @Test
    void queuesAJobWhoseTimeIsPast() {
        submit("?notBefore=2020-02-29T12:00:00%2B01:00")
                .statusCode(202)
                .body("state", equalTo("queued"))
                .body("notBefore", equalTo("2020-02-29T11:00:00Z"));
    }

    @Test
    void namesWhatIsWrongWithATime() {
        for (String wrong :
                new String[] {
                    "tomorrow",
                    "2027-01-31",
                    "1969-12-31T23:59:59Z",
                    "%2B10000-01-01T00:00:00Z",
                    "%2B999999999-12-31T23:59:59Z"
                }) {
            refused("?notBefore=" + wrong);
        }
        refused("?notBefore=2027-01-31T08:00:00Z&notBefore=2027-01-31T08:00:00Z");
        Instant beyond = Instant.now().plus(Duration.ofDays(31));
        refused("?notBefore=" + beyond);
    }

    @Test
    void takesAnotherTimeForAnotherRequest() {
        String key = "\"timed-" + Instant.now() + "\"";
        Instant due = Instant.now().plusSeconds(3_600);
        String id = id(keyed(key, "?notBefore=" + due));
        keyed(key, "?notBefore=" + due).statusCode(202).body("id", equalTo(id));
        keyed(key, "").statusCode(422);
        cancel(id).statusCode(202);
    }

    private static void refused(String query) {
        submit(query)
                .statusCode(400)
                .body("type", equalTo("urn:trekpoint:problem:invalid-parameter"))
                .body("field", equalTo("notBefore"));
    }

    private static ValidatableResponse cancel(String id) {
        return as(HIKER).delete("/v1/jobs/" + id).then();
    }

    private static String id(ValidatableResponse accepted) {
        return accepted.statusCode(202).extract().path("id");
    }

    private static ValidatableResponse submit(String query) {
        return as(HIKER)
                .urlEncodingEnabled(false)
                .contentType("application/gpx+xml")
                .body(GPX)
                .post("/v1/jobs/stats" + query)
                .then();
    }

    private static ValidatableResponse keyed(String key, String query, String... headers) {
        Map<String, String> more = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        return as(HIKER)
                .urlEncodingEnabled(false)
                .headers(more)
                .contentType("application/gpx+xml")
                .header("Idempotency-Key", key)
                .body(GPX)
                .post("/v1/jobs/stats" + query)
                .then();
    }
}
