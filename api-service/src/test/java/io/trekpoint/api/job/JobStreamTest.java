package io.trekpoint.api.job;

import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static io.trekpoint.api.gateway.KnownClients.OTHER;
import static io.trekpoint.api.gateway.KnownClients.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.lanes.sse.EventStream;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class JobStreamTest {

    RedisServer redis;

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;
    @Inject JobEvents events;
    @TestHTTPResource String url;

    @AfterEach
    void leaveNobodyListening() {
        await().until(() -> events.listening() == 0);
        worker.drain();
    }

    @Test
    void tellsEveryStateAndEndsWithTheJob() throws IOException {
        String id = submit();
        try (EventStream stream = open(id, HIKER)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("X-Request-Id")).isNotEmpty();
            stream.awaitLine(line -> line.matches("id: ?0-queued"));
            ClaimedJob job = worker.claim();
            stream.awaitLine(line -> line.matches("id: ?1-active"));
            worker.finish(job, "text/plain", "done");
            stream.awaitLine(line -> line.equals("ended"));
            assertThat(stream.lines()).anyMatch(line -> line.matches("id: ?1-succeeded"));
            assertThat(stream.lines())
                    .allMatch(line -> line.matches("(event|id|retry|data):.*|:.*|ended|"));
            assertThat(stream.lines())
                    .anyMatch(line ->
                            line.startsWith("data")
                                    && line.contains("\"href\":\"/v1/jobs/" + id + "/result\""));
        }
    }

    @Test
    void endsWhereTheJobCannotBeReadAnyMore() throws IOException {
        String id = submit();
        try (EventStream stream = open(id, HIKER)) {
            stream.awaitLine(line -> line.matches("id: ?0-queued"));
            JobId job = JobId.parse(id, 1).orElseThrow();
            redis.command("HSET " + JobKeys.of(0).record(job) + " parameters {oops");
            worker.claim();
            stream.awaitLine(line -> line.equals("ended"));
        }
    }

    @Test
    void tellsProgress() throws IOException {
        String id = submit();
        try (EventStream stream = open(id, HIKER)) {
            ClaimedJob job = worker.claim();
            stream.awaitLine(line -> line.matches("id: ?1-active"));
            worker.progress(job, 0.4);
            stream.awaitLine(line -> line.matches("data: ?\\{\"progress\":0.4}"));
            assertThat(stream.lines()).anyMatch(line -> line.matches("event: ?progress"));
            worker.finish(job, "text/plain", "done");
            stream.awaitLine(line -> line.equals("ended"));
        }
    }

    @Test
    void tellsWhoComesBackOnlyWhatIsNew() throws IOException {
        String id = submit();
        ClaimedJob job = worker.claim();
        try (EventStream stream = open(id, HIKER, "Last-Event-ID", "1-active")) {
            // A comment, or how far the job is.
            stream.awaitLine(line -> !line.isEmpty());
            worker.finish(job, "text/plain", "done");
            stream.awaitLine(line -> line.equals("ended"));
            assertThat(stream.lines().stream().filter(line -> line.startsWith("id")))
                    .hasSize(1)
                    .allMatch(line -> line.matches("id: ?1-succeeded"));
        }
    }

    @Test
    void tellsWhoComesBackFromLongAgoHowTheJobStands() throws IOException {
        String id = submit();
        worker.finish(worker.claim(), "text/plain", "done");
        redis.command("DEL " + JobKeys.of(0).events());
        for (String known : List.of("0-queued", "no version")) {
            try (EventStream stream = open(id, HIKER, "Last-Event-ID", known)) {
                stream.awaitLine(line -> line.matches("id: ?1-succeeded"));
                stream.awaitLine(line -> line.equals("ended"));
            }
        }
    }

    @Test
    void stopsWhoComesBackAfterTheEnd() throws IOException {
        String id = submit();
        worker.finish(worker.claim(), "text/plain", "done");
        try (EventStream stream = open(id, HIKER, "Last-Event-ID", "1-succeeded")) {
            assertThat(stream.status()).isEqualTo(204);
        }
    }

    @Test
    void tellsNothingOfTheJobsOfOthers() {
        String id = submit();
        as(OTHER)
                .accept("text/event-stream")
                .get("/v1/jobs/" + id + "/events")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:trekpoint:problem:job-not-found"));
    }

    @Test
    void refusesMoreStreamsThanAClientMayHave() {
        String id = submit();
        clients.state().setting("gateway.open-waits", "1");
        try (EventStream first = open(id, HIKER)) {
            assertThat(first.status()).isEqualTo(200);
            await().untilAsserted(() ->
                    as(HIKER)
                            .get("/v1/jobs/" + id + "/events")
                            .then()
                            .statusCode(429)
                            .header("Retry-After", "5")
                            .body("type", equalTo("urn:trekpoint:problem:too-many-waits")));
            as(HIKER)
                    .header("Prefer", "wait=30")
                    .get("/v1/jobs/" + id)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("queued"));
        } finally {
            clients.state().setting("gateway.open-waits", "1000");
        }
    }

    /** Nobody hears a stream in the answer to HEAD, so that it is none, and holds no place. */
    @Test
    void tellsOfAStreamWithoutBeginningIt() throws IOException {
        String id = submit();
        String events = "/v1/jobs/" + id + "/events";
        for (int i = 0; i < 3; i++) {
            as(HIKER)
                    .head(events)
                    .then()
                    .statusCode(200)
                    .header("Content-Type", startsWith("text/event-stream"))
                    .header("Cache-Control", "no-store")
                    .header("RateLimit", notNullValue());
        }
        assertThat(this.events.listening()).isZero();
        as(OTHER).head(events).then().statusCode(404);
        as(HIKER).accept("text/event-stream").head(events).then().statusCode(200);
        worker.finish(worker.claim(), "text/plain", "done");
        as(HIKER).header("Last-Event-ID", "1-succeeded").head(events).then().statusCode(204);
    }

    private EventStream open(String id, ApiKey key, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "X-API-Key";
        all[1] = key.reveal();
        System.arraycopy(headers, 0, all, 2, headers.length);
        return EventStream.open(url + "v1/jobs/" + id + "/events", all);
    }

    private static String submit() {
        return PlayedWorker.submit(as(HIKER));
    }
}
