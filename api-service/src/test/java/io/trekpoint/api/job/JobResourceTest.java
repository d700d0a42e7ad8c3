package io.trekpoint.api.job;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static io.trekpoint.api.gateway.KnownClients.OTHER;
import static io.trekpoint.api.gateway.KnownClients.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.InputBundle;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.redis.RedisServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway over HTTP on a real Redis; the test plays the worker. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class JobResourceTest {
    private static final String PRIVATE = "private, no-cache";
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
    void acceptsAnExportAndTellsWhereItIs() {
        given().spec(export(HIKER))
                .post("/v1/jobs/export?to=geojson")
                .then()
                .statusCode(202)
                .header("Location", containsString("/v1/jobs/0-"))
                .header("Retry-After", "1")
                .header(
                        "RateLimit-Policy",
                        startsWith("\"burst\";q=1000;w=1,\"hour\";q=1000;w=3600,\"exports\";q=10"))
                .header("X-Request-Id", notNullValue())
                .body("state", equalTo("queued"))
                .body("type", equalTo("export"))
                .body("parameters.to", equalTo("geojson"))
                .body("attempt", equalTo(0))
                .body("durability", equalTo("confirmed"))
                .body("createdAt", matchesPattern("\\d{4}-.*Z"));
    }

    @Test
    void wakesAWaiterWhenItsJobEnds() throws IOException {
        CompletableFuture<Response> answer =
                CompletableFuture.supplyAsync(() ->
                        given().spec(export(HIKER))
                                .header("Prefer", "wait=20")
                                .post("/v1/jobs/export?to=kml"));
        ClaimedJob job = worker.claim();
        worker.finish(job, "application/vnd.google-earth.kml+xml", "<kml/>");
        // Well before the waiter would look again by itself.
        await().atMost(Duration.ofSeconds(3)).until(answer::isDone);
        answer.join()
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=20")
                .body("state", equalTo("succeeded"))
                .body("result.output.href", equalTo("/v1/jobs/" + job.id() + "/result"))
                .body("result.output.bytes", equalTo(6));
    }

    @Test
    void answersAcceptedWhenTheWaitIsOverFirst() {
        given().spec(export(HIKER))
                .header("Prefer", "wait=1")
                .post("/v1/jobs/export?to=kml")
                .then()
                .statusCode(202);
    }

    @Test
    void tagsAViewByWhatItShows() {
        String id = submit(HIKER);
        String queued = as(HIKER).get("/v1/jobs/" + id).header("ETag");
        as(HIKER)
                .header("If-None-Match", queued)
                .get("/v1/jobs/" + id)
                .then()
                .statusCode(304)
                .header("Cache-Control", PRIVATE)
                .header("Retry-After", "1");
        ClaimedJob job = worker.claim();
        worker.progress(job, 0.25);
        String active =
                as(HIKER)
                        .header("If-None-Match", queued)
                        .get("/v1/jobs/" + id)
                        .then()
                        .statusCode(200)
                        .body("progress", equalTo(0.25f))
                        .extract()
                        .header("ETag");
        worker.progress(job, 0.5);
        as(HIKER).header("If-None-Match", active).get("/v1/jobs/" + id).then().statusCode(200);
    }

    @Test
    void servesTheOutputOnceAndThenNotModified() throws IOException {
        String id = submit(HIKER);
        worker.finish(worker.claim(), "application/geo+json", "{}");
        String tag =
                as(HIKER)
                        .get("/v1/jobs/" + id + "/result")
                        .then()
                        .statusCode(200)
                        .contentType("application/geo+json")
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\"" + id + ".geojson\"")
                        .header("Content-Length", "2")
                        .header("Cache-Control", PRIVATE)
                        .body(equalTo("{}"))
                        .extract()
                        .header("ETag");
        as(HIKER)
                .header("If-None-Match", tag)
                .get("/v1/jobs/" + id + "/result")
                .then()
                .statusCode(304)
                .header("Cache-Control", PRIVATE);
    }

    @Test
    void showsAViewOnlyWhereItIsTheOneThatIsWanted() throws IOException {
        String id = PlayedWorker.submit(as(HIKER));
        String queued = as(HIKER).get("/v1/jobs/" + id).header("ETag");
        for (String wanted : List.of(queued, "*", "\"nope\", " + queued)) {
            as(HIKER).header("If-Match", wanted).get("/v1/jobs/" + id).then().statusCode(200);
        }
        problem(
                as(HIKER).header("If-Match", "\"nope\"").get("/v1/jobs/" + id),
                412,
                "precondition-failed");
        worker.finish(worker.claim(), "application/geo+json", "{}");
        problem(
                as(HIKER).header("If-Match", queued).get("/v1/jobs/" + id),
                412,
                "precondition-failed");
    }

    @Test
    void servesAPartOfAnOutput() throws IOException {
        String id = submit(HIKER);
        worker.finish(worker.claim(), "application/geo+json", "0123456789");
        String result = "/v1/jobs/" + id + "/result";
        String tag =
                as(HIKER)
                        .header("Range", "bytes=2-4")
                        .get(result)
                        .then()
                        .statusCode(206)
                        .header("Content-Range", "bytes 2-4/10")
                        .header("Content-Length", "3")
                        .body(equalTo("234"))
                        .extract()
                        .header("ETag");
        as(HIKER)
                .header("Range", "bytes=-2")
                .header("If-Range", tag)
                .get(result)
                .then()
                .statusCode(206)
                .body(equalTo("89"));
        as(HIKER)
                .header("Range", "bytes=-2")
                .header("If-Range", "\"another\"")
                .get(result)
                .then()
                .statusCode(200)
                .body(equalTo("0123456789"));
        Response beyond = as(HIKER).header("Range", "bytes=10-").get(result);
        problem(beyond, 416, "range-not-satisfiable");
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void refusesAResultThatIsNotThere() {
        String id = submit(HIKER);
        problem(as(HIKER).get("/v1/jobs/" + id + "/result"), 409, "job-not-finished");
        worker.fail(worker.claim());
        problem(as(HIKER).get("/v1/jobs/" + id + "/result"), 409, "job-failed");
        as(HIKER)
                .get("/v1/jobs/" + id)
                .then()
                .statusCode(200)
                .body("failure.code", equalTo("NOT_XML"))
                .body("failure.line", equalTo(1));
    }

    @Test
    void takesEveryTypeAndChargesOnlyExports() {
        long before = exportsLeft(OTHER);
        for (String job :
                List.of(
                        "import?prefer=trk",
                        "validate?version=1.1",
                        "stats?distance=geodesic",
                        "convert?to=csv",
                        "simplify?maxPoints=100",
                        "privacy?trimStartM=200",
                        "profile?form=json")) {
            given().spec(export(OTHER))
                    .post("/v1/jobs/" + job)
                    .then()
                    .statusCode(202)
                    .body("type", equalTo(job.split("\\?", 2)[0]));
        }
        given().spec(export(OTHER))
                .queryParam("ops", "[{\"op\":\"reverse\"}]")
                .post("/v1/jobs/edit")
                .then()
                .statusCode(202)
                .body("parameters.ops[0].times", equalTo("drop"));
        assertThat(exportsLeft(OTHER)).isEqualTo(before - 1);
    }

    @Test
    void takesSeveralFilesForAMerge() throws IOException {
        as(HIKER)
                .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                .multiPart("parameters", "{\"ops\":[{\"op\":\"merge\"}]}")
                .multiPart("file", "b.gpx", (GPX + " ").getBytes(UTF_8))
                .post("/v1/jobs/edit")
                .then()
                .statusCode(202);
        ClaimedJob job = worker.claim();
        JobClaimer claimer = worker.claimer();
        assertThat(InputBundle.count(claimer.openInput(job))).isEqualTo(2);
        assertThat(InputBundle.open(claimer.openInput(job), 1).readAllBytes())
                .isEqualTo((GPX + " ").getBytes(UTF_8));
    }

    @Test
    void namesWhatIsWrongWithAForm() {
        RequestSpecification two =
                as(HIKER)
                        .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                        .multiPart("file", "b.gpx", GPX.getBytes(UTF_8));
        refusedField(two.post("/v1/jobs/stats"), "file");
        refusedField(
                as(HIKER)
                        .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                        .multiPart("colour", "red")
                        .post("/v1/jobs/stats"),
                "form");
        refusedField(
                as(HIKER)
                        .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                        .multiPart("parameters", "{\"mode\":\"loose\"}")
                        .post("/v1/jobs/stats"),
                "mode");
        problem(as(HIKER).multiPart("parameters", "{}").post("/v1/jobs/stats"), 400, "empty-body");
        problem(
                as(HIKER)
                        .config(asSent())
                        .contentType("multipart/form-data; boundary=x")
                        .body("no boundary here")
                        .post("/v1/jobs/stats"),
                400,
                "invalid-form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=\"file\"; filename=\"my; name=parameters.gpx\"",
                "filename=\"my; name=parameters.gpx\"; name=\"file\"",
                "name=file; filename=my walk.gpx",
                "filename=\"a \\\"b\\\"; name=c\"; NAME = \"file\"",
            })
    void knowsAPartByItsNameAndNotByWhatIsInAnother(String parameters) {
        form("--x\r\nContent-Disposition: form-data; " + parameters + "\r\n\r\n<gpx/>\r\n--x--\r\n")
                .then()
                .statusCode(202);
    }

    @Test
    void saysThatAFormIsNoneWhereItsPartsDoNotBeginAsTheyMust() {
        String part =
                "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n<gpx/>\r\n--x--\r\n";
        problem(form(part.replace("\r\n", "\n")), 400, "invalid-form");
        problem(
                form(part.replace("\r\n", "\n").replace("<gpx/>", "x".repeat(10_000))),
                400,
                "invalid-form");
        problem(form(part.replace("\"file\"", "\"" + "x".repeat(5_000))), 400, "invalid-form");
        problem(form(part.substring(0, 60)), 400, "invalid-form");
    }

    private static Response form(String body) {
        return as(HIKER)
                .config(asSent())
                .contentType("multipart/form-data; boundary=x")
                .body(body)
                .post("/v1/jobs/stats");
    }

    @Test
    void obeysAnUploadBoundThatOperatorsSet() {
        clients.state().setting("gpx.max-upload-bytes", "20");
        await().untilAsserted(() ->
                problem(given().spec(export(HIKER)).post("/v1/jobs/stats"), 413, "body-too-large"));
        clients.state().setting("gpx.max-upload-bytes", "52428800");
        await().untilAsserted(() ->
                given().spec(export(HIKER)).post("/v1/jobs/stats").then().statusCode(202));
    }

    /** A body as it stands, for what calls itself a form and is none. */
    private static RestAssuredConfig asSent() {
        return RestAssured.config()
                .encoderConfig(
                        encoderConfig()
                                .encodeContentTypeAs("multipart/form-data", ContentType.TEXT));
    }

    private static void refusedField(Response response, String field) {
        problem(response, 400, "invalid-parameter");
        response.then().body("field", equalTo(field));
    }

    @Test
    void hidesTheJobsOfOthers() {
        String id = submit(HIKER);
        problem(as(OTHER).get("/v1/jobs/" + id), 404, "job-not-found");
        problem(as(OTHER).get("/v1/jobs/" + id + "/result"), 404, "job-not-found");
    }

    @Test
    void tellsAnExpiredJobFromOneThatNeverWas() {
        JobId id = JobId.random(0);
        redis.command("SET " + JobKeys.of(0).gone(id) + " " + HIKER.id());
        problem(as(HIKER).get("/v1/jobs/" + id), 410, "job-expired");
        problem(as(OTHER).get("/v1/jobs/" + id), 404, "job-not-found");
    }

    @Test
    void saysThatAJobCannotBeRead() {
        String id = submit(OTHER);
        String record = JobKeys.of(0).record(JobId.parse(id, 1).orElseThrow());
        for (String parameters : List.of("{oops", "[]", "null")) {
            redis.command("HSET " + record + " parameters " + parameters);
            problem(as(OTHER).get("/v1/jobs/" + id), 503, "job-unreadable");
            problem(as(OTHER).get("/v1/jobs/" + id + "/events"), 503, "job-unreadable");
        }
    }

    @Test
    void answersForAnAcceptedJobThatCannotBeReadInTheEnd() throws IOException {
        CompletableFuture<Response> answer =
                CompletableFuture.supplyAsync(() ->
                        given().spec(export(OTHER))
                                .header("Prefer", "wait=20")
                                .post("/v1/jobs/export?to=kml"));
        ClaimedJob job = worker.claim();
        redis.command("HSET " + JobKeys.of(0).record(job.id()) + " parameters {oops");
        worker.finish(job, "application/vnd.google-earth.kml+xml", "<kml/>");
        answer.join().then().statusCode(202).body("state", equalTo("queued"));
    }

    @Test
    void answersARetriedKeyWithTheFirstJob() {
        String key = "\"retry-" + JobId.random(0) + "\"";
        Response first = keyed(key, GPX).statusCode(202).extract().response();
        assertThat(first.header("Idempotency-Replayed")).isNull();
        worker.progress(worker.claim(), 0.25);
        Response second =
                keyed(key, GPX)
                        .statusCode(202)
                        .header("Idempotency-Replayed", "true")
                        .header("Location", first.header("Location"))
                        .header("Retry-After", "1")
                        .extract()
                        .response();
        assertThat(second.asString()).isEqualTo(first.asString());
        keyed(key, GPX + " ")
                .statusCode(422)
                .header("Idempotency-Replayed", nullValue())
                .body("type", equalTo("urn:trekpoint:problem:idempotency-conflict"));
    }

    @Test
    void replaysThatAJobWasDelayed() {
        RequestSpecification later =
                given().spec(export(HIKER))
                        .header("Idempotency-Key", "\"later-" + JobId.random(0) + "\"")
                        .queryParam("notBefore", Instant.now().plusSeconds(3600).toString());
        Response first = given().spec(later).post("/v1/jobs/stats");
        first.then().statusCode(202).body("state", equalTo("delayed"));
        as(HIKER).delete(first.header("Location")).then().statusCode(202);

        Response second = given().spec(later).post("/v1/jobs/stats");

        second.then().statusCode(202).header("Idempotency-Replayed", "true");
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void waitsForAJobThatIsAskedForAgain() throws IOException {
        String key = "\"wait-" + JobId.random(0) + "\"";
        keyed(key, GPX).statusCode(202);
        worker.finish(worker.claim(), "application/geo+json", "{}");

        given().spec(export(HIKER))
                .header("Idempotency-Key", key)
                .header("Prefer", "wait=20")
                .post("/v1/jobs/export?to=kml")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body("state", equalTo("succeeded"));
    }

    @Test
    void chargesNoExportForWhatItRefuses() {
        long before = exportsLeft(OTHER);
        problem(
                given().spec(export(OTHER)).post("/v1/jobs/export?to=pdf"),
                400,
                "invalid-parameter");
        problem(
                as(OTHER)
                        .contentType("application/gpx+xml")
                        .header("Content-Encoding", "gzip")
                        .body(GPX)
                        .post("/v1/jobs/export?to=kml"),
                400,
                "invalid-encoding");
        assertThat(exportsLeft(OTHER)).isEqualTo(before - 1);
    }

    @Test
    void chargesARequestAndNoExportForANumberBeyondAll() {
        ApiKey caller = clients.newcomer();
        long before = exportsLeft(caller);
        String zones = "[{\"lat\":1e999,\"lon\":9,\"radiusM\":100}]";
        Response atTheDoor =
                given().spec(export(caller)).queryParam("zones", zones).post("/v1/jobs/privacy");
        problem(atTheDoor, 400, "invalid-parameter");
        assertThat(atTheDoor.header("RateLimit")).as("is charged").isNotEmpty();
        problem(
                as(caller)
                        .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                        .multiPart("parameters", "{\"simplify\":{\"toleranceM\":1e999999999}}")
                        .post("/v1/jobs/export?to=kml"),
                400,
                "invalid-parameter");
        assertThat(exportsLeft(caller)).isEqualTo(before - 1);
    }

    @Test
    void showsAProblemForEveryPathAndMethod() {
        problem(given().get("/nothing/here"), 404, "not-found");
        problem(as(HIKER).put("/v1/jobs/export"), 405, "method-not-allowed");
        problem(given().spec(export(HIKER)).post("/v1/jobs/teleport"), 404, "unknown-job-type");
    }

    /** Takes one export and reads what is left from its header. */
    private static long exportsLeft(ApiKey key) {
        String standing =
                given().spec(export(key))
                        .post("/v1/jobs/export?to=kml")
                        .then()
                        .statusCode(202)
                        .extract()
                        .header("RateLimit");
        return Long.parseLong(standing.replaceAll(".*r=(\\d+).*", "$1"));
    }

    private static void problem(Response response, int status, String name) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:trekpoint:problem:" + name))
                .body("status", equalTo(status))
                .body("instance", equalTo(response.header("X-Request-Id")));
    }

    private static io.restassured.response.ValidatableResponse keyed(String key, String body) {
        return as(HIKER)
                .contentType("application/gpx+xml")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/jobs/export?to=kml")
                .then();
    }

    private static String submit(ApiKey key) {
        return given().spec(export(key))
                .post("/v1/jobs/export?to=geojson")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static RequestSpecification export(ApiKey key) {
        return as(key).contentType("application/gpx+xml").body(GPX);
    }
}
