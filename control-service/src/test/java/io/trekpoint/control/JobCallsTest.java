package io.trekpoint.control;

import static io.trekpoint.control.Keys.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobFailure;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.job.JobPromoter;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.job.SmallInput;
import io.trekpoint.lanes.job.Submission;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.redis.LaneFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators do with jobs; the test plays gateway and worker. */
@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class JobCallsTest {
    private static final String REASON = "{\"reason\":\"a test\"}";

    private LaneFixture lanes;
    private Lane lane;

    @BeforeEach
    void connect() {
        lanes = new LaneFixture(ControlRedis.server());
        lane = lanes.lane(LaneName.JOBS);
    }

    @AfterEach
    void leaveNothing() {
        as("operator").body(REASON).post("/v1/queues/jobs/resume").then().statusCode(200);
        claim(100);
        lanes.close();
    }

    @Test
    void showsWhatIsInTheQueue() {
        submit();
        as("viewer")
                .get("/v1/queues")
                .then()
                .statusCode(200)
                .body("queues", hasSize(1))
                .body("queues[0].name", equalTo("jobs"))
                .body("queues[0].paused", nullValue())
                .body("queues[0].depth", equalTo(1))
                .body("queues[0].bytes.held", greaterThan(0))
                .body("queues[0].bytes.budget", greaterThan(0))
                .body("queues[0].counters.repairs", equalTo(0))
                .body("queues[0].shards[0].lines.priority", hasSize(4))
                .body("queues[0].shards[0].lines[3].priority", equalTo("low"))
                .body("queues[0].shards[0].lines[3].depth", equalTo(1));
    }

    @Test
    void pausesAndResumesTheQueue() {
        submit();
        as("operator")
                .body(REASON)
                .post("/v1/queues/jobs/pause")
                .then()
                .statusCode(200)
                .body("paused.by", notNullValue())
                .body("paused.at", notNullValue());
        assertThat(claim(1)).isEmpty();
        as("operator")
                .body(REASON)
                .post("/v1/queues/jobs/resume")
                .then()
                .statusCode(200)
                .body("paused", nullValue());
        assertThat(claim(1)).hasSize(1);
    }

    @Test
    void knowsOneQueueAndAsksForAReason() {
        as("operator").body(REASON).post("/v1/queues/mail/pause").then().statusCode(404);
        as("operator")
                .body("{}")
                .post("/v1/queues/jobs/pause")
                .then()
                .statusCode(400)
                .body("field", equalTo("reason"));
        as("viewer").get("/v1/queues").then().body("queues[0].paused", nullValue());
    }

    @Test
    void showsADeadLetterAndTriesItAgain() {
        String id = die();
        as("viewer")
                .get("/v1/dead-letters?limit=1&type=export")
                .then()
                .statusCode(200)
                .body("deadLetters[0].id", equalTo(id))
                .body("deadLetters[0].client", equalTo("ann"))
                .body("deadLetters[0].code", equalTo("INTERNAL"));
        as("viewer")
                .get("/v1/dead-letters/" + id)
                .then()
                .statusCode(200)
                .body("parameters.to", equalTo("kml"))
                .body("inputBytes", equalTo(5))
                .body("attempts", equalTo(3))
                .body("failure.message", equalTo("the engine failed"))
                .body("log", hasSize(0));

        as("operator")
                .body(REASON)
                .post("/v1/dead-letters/" + id + "/retry")
                .then()
                .statusCode(202);

        as("viewer").get("/v1/dead-letters/" + id).then().statusCode(404);
        List<ClaimedJob> claimed = claim(1);
        assertThat(claimed).extracting(job -> job.id().text()).containsExactly(id);
        assertThat(claimed.getFirst().attempt()).isEqualTo(1);
    }

    @Test
    void showsADeadLetterWhoseParametersCannotBeRead() {
        String id = die();
        String record = JobKeys.of(0).record(JobId.parse(id, 1).orElseThrow());
        ControlRedis.server().command("HSET " + record + " parameters {oops");
        as("viewer")
                .get("/v1/dead-letters/" + id)
                .then()
                .statusCode(200)
                .body("parameters", equalTo("{oops"));
    }

    @Test
    void discardsADeadLetter() {
        String id = die();
        String path = "/v1/dead-letters/" + id;
        as("operator").body(REASON).post(path + "/discard").then().statusCode(202);
        as("operator").body(REASON).post(path + "/discard").then().statusCode(404);
        as("viewer").get(path).then().statusCode(404);
    }

    @Test
    void pagesThroughDeadLetters() {
        List<String> dead = List.of(die(), die(), die());
        List<String> told = new ArrayList<>();
        String next = "";
        do {
            var page = as("viewer").get("/v1/dead-letters?limit=2&cursor=" + next).jsonPath();
            told.addAll(page.getList("deadLetters.id", String.class));
            next = page.getString("next");
        } while (next != null);
        assertThat(told).containsAll(dead).doesNotHaveDuplicates();
    }

    @Test
    void namesWhatIsWrongWithAQuery() {
        for (String wrong : List.of("limit=0", "limit=101", "cursor=x", "type=mail")) {
            as("viewer")
                    .get("/v1/dead-letters?" + wrong)
                    .then()
                    .statusCode(400)
                    .body("field", equalTo(wrong.split("=", 2)[0]));
        }
    }

    private String die() {
        String id = submit();
        JobFinisher finisher = new JobFinisher(lane, JobCallsTest::rules);
        JobFailure crash =
                new JobFailure(
                        "INTERNAL",
                        "the engine failed",
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        true);
        JobPromoter promoter = new JobPromoter(lane, JobCallsTest::rules);
        for (int attempt = 1; attempt <= 3; attempt++) {
            List<ClaimedJob> claimed = new ArrayList<>();
            await().until(() -> {
                promoter.promote(0);
                return claimed.addAll(claim(1));
            });
            finisher.finish(claimed.getFirst(), new Ending.Again(crash));
        }
        return id;
    }

    private String submit() {
        JobSubmitter submitter = new JobSubmitter(lane, () -> 1, JobCallsTest::rules);
        JobId id = JobId.random(0);
        Submission submission =
                new Submission(
                        "ann",
                        Tier.FREE,
                        "export",
                        "{\"to\":\"kml\"}",
                        "",
                        Optional.empty(),
                        Optional.empty());
        SmallInput.submit(submitter, id, submission);
        return id.text();
    }

    private List<ClaimedJob> claim(int wanted) {
        FollowClient waiting = new FollowClient(LaneName.JOBS, lanes.client());
        return new JobClaimer(lane, waiting, () -> 1, JobCallsTest::rules)
                .claim(0, JobClaimer.tokens(wanted));
    }

    /** As the code has them, but for the waits between attempts. */
    private static JobRules rules() {
        JobRules usual = JobRules.of(ControlState.UNKNOWN);
        Duration moment = Duration.ofMillis(1);
        return new JobRules(
                usual.lease(),
                usual.line(),
                new JobRules.Attempts(usual.attempts().most(), moment, moment),
                usual.room(),
                usual.kept());
    }
}
