package io.trekpoint.api.job;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.ChunkedOutput;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.FinishedOutput;
import io.trekpoint.lanes.job.InputBundle;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobFailure;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.Priority;
import io.trekpoint.lanes.mirror.ControlData;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway over HTTP on a real Redis; the test plays the worker. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class JobResourceTest {
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";
    private static final ApiKey HIKER = ApiKey.generate("test", new SecureRandom());
    private static final ApiKey OTHER = ApiKey.generate("test", new SecureRandom());
    private static @Nullable ControlData state;

    RedisServer redis;

    @Inject
    @Named("control")
    Lane control;

    @Inject
    @Named("jobs")
    Lane jobs;

    @Inject
    @io.quarkus.redis.client.RedisClientName("jobs-follow")
    Redis follow;

    @Inject Mirror mirror;

    @Inject JobConfig config;

    @BeforeEach
    void knowTheClients() {
        if (state == null) {
            state =
                    ControlData.init(control)
                            .setting("limits.burst.requests", "1000")
                            .client(client(HIKER))
                            .client(client(OTHER));
        }
        await().until(() -> mirror.current().state().client(OTHER.id()).isPresent());
    }

    @AfterEach
    void leaveNothingQueued() {
        redis.command("DEL " + JobKeys.of(0).work(Priority.LOW));
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
        ClaimedJob job = awaitJob();
        finish(job, "application/vnd.google-earth.kml+xml", "<kml/>");
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
    void servesTheOutputOnceAndThenNotModified() throws IOException {
        String id = submit(HIKER);
        finish(awaitJob(), "application/geo+json", "{}");
        String tag =
                given().spec(as(HIKER))
                        .get("/v1/jobs/" + id + "/result")
                        .then()
                        .statusCode(200)
                        .contentType("application/geo+json")
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\"" + id + ".geojson\"")
                        .header("Content-Length", "2")
                        .body(equalTo("{}"))
                        .extract()
                        .header("ETag");
        given().spec(as(HIKER))
                .header("If-None-Match", tag)
                .get("/v1/jobs/" + id + "/result")
                .then()
                .statusCode(304);
    }

    @Test
    void servesAPartOfAnOutput() throws IOException {
        String id = submit(HIKER);
        finish(awaitJob(), "application/geo+json", "0123456789");
        String result = "/v1/jobs/" + id + "/result";
        String tag =
                given().spec(as(HIKER))
                        .header("Range", "bytes=2-4")
                        .get(result)
                        .then()
                        .statusCode(206)
                        .header("Content-Range", "bytes 2-4/10")
                        .header("Content-Length", "3")
                        .body(equalTo("234"))
                        .extract()
                        .header("ETag");
        given().spec(as(HIKER))
                .header("Range", "bytes=-2")
                .header("If-Range", tag)
                .get(result)
                .then()
                .statusCode(206)
                .body(equalTo("89"));
        given().spec(as(HIKER))
                .header("Range", "bytes=-2")
                .header("If-Range", "\"another\"")
                .get(result)
                .then()
                .statusCode(200)
                .body(equalTo("0123456789"));
        Response beyond = given().spec(as(HIKER)).header("Range", "bytes=10-").get(result);
        problem(beyond, 416, "range-not-satisfiable");
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void refusesAResultThatIsNotThere() {
        String id = submit(HIKER);
        problem(given().spec(as(HIKER)).get("/v1/jobs/" + id + "/result"), 409, "job-not-finished");
        new JobFinisher(jobs, this::rules)
                .finish(
                        awaitJob(),
                        new Ending.Failed(
                                new JobFailure(
                                        "NOT_XML",
                                        "this is not XML",
                                        OptionalInt.of(1),
                                        OptionalInt.of(1),
                                        false)));
        problem(given().spec(as(HIKER)).get("/v1/jobs/" + id + "/result"), 409, "job-failed");
        given().spec(as(HIKER))
                .get("/v1/jobs/" + id)
                .then()
                .statusCode(200)
                .body("failure.code", equalTo("NOT_XML"))
                .body("failure.line", equalTo(1));
    }

    @Test
    void takesEveryTypeAndChargesOnlyExports() {
        long before = exportsLeft();
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
        assertThat(exportsLeft()).isEqualTo(before - 1);
    }

    @Test
    void takesSeveralFilesForAMerge() throws IOException {
        given().spec(as(HIKER))
                .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                .multiPart("parameters", "{\"ops\":[{\"op\":\"merge\"}]}")
                .multiPart("file", "b.gpx", (GPX + " ").getBytes(UTF_8))
                .post("/v1/jobs/edit")
                .then()
                .statusCode(202);
        ClaimedJob job = awaitJob();
        JobClaimer claimer = claimer();
        assertThat(InputBundle.count(claimer.openInput(job))).isEqualTo(2);
        assertThat(InputBundle.open(claimer.openInput(job), 1).readAllBytes())
                .isEqualTo((GPX + " ").getBytes(UTF_8));
    }

    @Test
    void namesWhatIsWrongWithAForm() {
        RequestSpecification two =
                given().spec(as(HIKER))
                        .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                        .multiPart("file", "b.gpx", GPX.getBytes(UTF_8));
        refusedField(two.post("/v1/jobs/stats"), "file");
        refusedField(
                given().spec(as(HIKER))
                        .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                        .multiPart("colour", "red")
                        .post("/v1/jobs/stats"),
                "form");
        refusedField(
                given().spec(as(HIKER))
                        .multiPart("file", "a.gpx", GPX.getBytes(UTF_8))
                        .multiPart("parameters", "{\"mode\":\"loose\"}")
                        .post("/v1/jobs/stats"),
                "mode");
        problem(
                given().spec(as(HIKER)).multiPart("parameters", "{}").post("/v1/jobs/stats"),
                400,
                "empty-body");
        problem(
                given().spec(as(HIKER))
                        .config(asSent())
                        .contentType("multipart/form-data; boundary=x")
                        .body("no boundary here")
                        .post("/v1/jobs/stats"),
                400,
                "invalid-form");
    }

    @Test
    void obeysAnUploadBoundThatOperatorsSet() {
        state.setting("gpx.max-upload-bytes", "20");
        await().untilAsserted(() ->
                problem(given().spec(export(HIKER)).post("/v1/jobs/stats"), 413, "body-too-large"));
        state.setting("gpx.max-upload-bytes", "52428800");
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
        problem(given().spec(as(OTHER)).get("/v1/jobs/" + id), 404, "job-not-found");
        problem(given().spec(as(OTHER)).get("/v1/jobs/" + id + "/result"), 404, "job-not-found");
    }

    @Test
    void tellsAnExpiredJobFromOneThatNeverWas() {
        JobId id = JobId.random(0);
        redis.command("SET " + JobKeys.of(0).gone(id) + " " + HIKER.id());
        problem(given().spec(as(HIKER)).get("/v1/jobs/" + id), 410, "job-expired");
        problem(given().spec(as(OTHER)).get("/v1/jobs/" + id), 404, "job-not-found");
    }

    @Test
    void answersARetriedKeyWithTheFirstJob() {
        String key = "\"retry-" + JobId.random(0) + "\"";
        String first = keyed(key, GPX).statusCode(202).extract().path("id");
        String second = keyed(key, GPX).statusCode(202).extract().path("id");
        assertThat(second).isEqualTo(first);
        keyed(key, GPX + " ")
                .statusCode(422)
                .body("type", equalTo("urn:trekpoint:problem:idempotency-conflict"));
    }

    @Test
    void chargesNoExportForWhatItRefuses() {
        long before = exportsLeft();
        problem(
                given().spec(export(OTHER)).post("/v1/jobs/export?to=pdf"),
                400,
                "invalid-parameter");
        problem(
                given().spec(as(OTHER))
                        .contentType("application/gpx+xml")
                        .header("Content-Encoding", "gzip")
                        .body(GPX)
                        .post("/v1/jobs/export?to=kml"),
                400,
                "invalid-encoding");
        assertThat(exportsLeft()).isEqualTo(before - 1);
    }

    @Test
    void showsAProblemForEveryPathAndMethod() {
        problem(given().get("/nothing/here"), 404, "not-found");
        problem(given().spec(as(HIKER)).put("/v1/jobs/export"), 405, "method-not-allowed");
        problem(given().spec(export(HIKER)).post("/v1/jobs/teleport"), 404, "unknown-job-type");
    }

    /** Takes one export and reads what is left from its header. */
    private static long exportsLeft() {
        String standing =
                given().spec(export(OTHER))
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
        return given().spec(as(HIKER))
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
        return given().spec(as(key)).contentType("application/gpx+xml").body(GPX);
    }

    private static RequestSpecification as(ApiKey key) {
        return given().header("X-API-Key", key.reveal());
    }

    private JobClaimer claimer() {
        return new JobClaimer(jobs, new FollowClient(LaneName.JOBS, follow), config, this::rules);
    }

    private JobRules rules() {
        return JobRules.of(mirror.current().state());
    }

    private ClaimedJob awaitJob() {
        JobClaimer claimer = claimer();
        List<ClaimedJob> claimed = new ArrayList<>();
        await().until(() -> claimed.addAll(claimer.claim(0, JobClaimer.tokens(1))));
        return claimed.getFirst();
    }

    private void finish(ClaimedJob job, String mediaType, String body) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        ChunkedOutput output = JobFinisher.collect(chunks);
        output.write(body.getBytes(UTF_8));
        output.close();
        FinishedOutput finished =
                new FinishedOutput(mediaType, output.bytes(), "a".repeat(64), chunks);
        assertThat(
                        new JobFinisher(jobs, this::rules)
                                .finish(job, new Ending.Succeeded("{}", finished)))
                .isEqualTo(JobFinisher.Answer.OK);
    }

    private static Client client(ApiKey key) {
        return Client.of(key.id(), "test", Tier.FREE, Set.of(), key.secretHash());
    }
}
