package io.trekpoint.api.job;

import static io.trekpoint.api.gateway.KnownClients.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.redis.client.RedisClientName;
import io.restassured.specification.RequestSpecification;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.ChunkedOutput;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.FinishedOutput;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobFailure;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobRenewer;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.mirror.Mirror;
import io.vertx.redis.client.Redis;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A worker, played by the test. */
@Singleton
public class PlayedWorker {
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";
    private static final int BATCH = 100;

    private final JobClaimer claimer;
    private final JobRenewer renewer;
    private final JobFinisher finisher;

    PlayedWorker(
            @Named("jobs") Lane jobs,
            @RedisClientName("jobs-follow") Redis follow,
            JobConfig config,
            Mirror mirror) {
        FollowClient waiting = new FollowClient(LaneName.JOBS, follow);
        claimer =
                new JobClaimer(jobs, waiting, config, () -> JobRules.of(mirror.current().state()));
        renewer = new JobRenewer(jobs, () -> JobRules.of(mirror.current().state()));
        finisher = new JobFinisher(jobs, () -> JobRules.of(mirror.current().state()));
    }

    JobClaimer claimer() {
        return claimer;
    }

    /** Claims the next job, once there is one. */
    public ClaimedJob claim() {
        List<ClaimedJob> claimed = new ArrayList<>();
        await().until(() -> claimed.addAll(claimer.claim(0, JobClaimer.tokens(1))));
        return claimed.getFirst();
    }

    /** Ends whatever is in line, so that no test finds the jobs of another. */
    public void drain() {
        List<ClaimedJob> claimed = claimer.claim(0, JobClaimer.tokens(BATCH));
        while (!claimed.isEmpty()) {
            claimed.forEach(this::fail);
            claimed = claimer.claim(0, JobClaimer.tokens(BATCH));
        }
    }

    /** Says how far a job is. */
    JobRenewer.Answer progress(ClaimedJob job, double progress) {
        return renewer.renew(0, Map.of(job, progress)).get(job);
    }

    /** Ends a job with an output that is text. */
    void finish(ClaimedJob job, String mediaType, String body) throws IOException {
        finish(job, mediaType, body.getBytes(UTF_8));
    }

    /** Ends a job with an output. */
    public void finish(ClaimedJob job, String mediaType, byte[] body) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        ChunkedOutput output = JobFinisher.collect(chunks);
        output.write(body);
        output.close();
        FinishedOutput finished =
                new FinishedOutput(mediaType, output.bytes(), "a".repeat(64), chunks);
        assertThat(finisher.finish(job, new Ending.Succeeded("{}", finished)))
                .isEqualTo(JobFinisher.Answer.OK);
    }

    /**
     * Has a job of a client's done.
     *
     * @param body its output; random bytes do not get smaller by compression
     * @return the path of its result
     */
    public String done(ApiKey client, byte[] body) throws IOException {
        drain();
        String id = submit(as(client));
        finish(claim(), "application/octet-stream", body);
        return "/v1/jobs/" + id + "/result";
    }

    /** Submits a job for this worker; its id. */
    public static String submit(RequestSpecification caller) {
        return caller.contentType("application/gpx+xml")
                .body(GPX)
                .post("/v1/jobs/stats")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    /** Stops working on a job, as its client asked. */
    void stop(ClaimedJob job) {
        assertThat(finisher.finish(job, new Ending.Cancelled(true)))
                .isEqualTo(JobFinisher.Answer.OK);
    }

    /** Ends a job without a result: its document is not XML. */
    void fail(ClaimedJob job) {
        JobFailure failure =
                new JobFailure(
                        "NOT_XML", "this is not XML", OptionalInt.of(1), OptionalInt.of(1), false);
        assertThat(finisher.finish(job, new Ending.Failed(failure)))
                .isEqualTo(JobFinisher.Answer.OK);
    }
}
