package io.trekpoint.lanes.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.lanes.redis.StreamEntry;
import io.trekpoint.lanes.redis.StreamReader;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A job lane of so many shards, seen from its last one: what tests of the protocol do with it. */
final class JobFixture implements AutoCloseable {
    static final JobFailure CRASH =
            new JobFailure(
                    "INTERNAL",
                    "the engine failed",
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    true);

    final RedisServer redis = RedisServer.start();
    final int shard;
    final JobKeys keys;
    final Lane lane;
    TestJobConfig config;
    private final LaneFixture lanes = new LaneFixture(redis);

    JobFixture(int shards) {
        shard = shards - 1;
        keys = JobKeys.of(shard);
        lane = lanes.lane(LaneName.JOBS);
        config = TestJobConfig.usual().withShards(shards);
    }

    @Override
    public void close() {
        lanes.close();
        redis.close();
    }

    JobId submit(String client, Tier tier) {
        return submit(client, tier, Optional.empty());
    }

    JobId submit(String client, Tier tier, Optional<Instant> notBefore) {
        SubmitOutcome outcome = outcome(client, tier, notBefore);
        assertThat(outcome).isInstanceOf(SubmitOutcome.Accepted.class);
        return ((SubmitOutcome.Accepted) outcome).job().id();
    }

    SubmitOutcome outcome(String client, Tier tier, Optional<Instant> notBefore) {
        return outcome(
                JobId.random(shard),
                new Submission(client, tier, "export", "{}", "", notBefore, Optional.empty()));
    }

    /** Submits a job of the client {@code c1} that a reservation pays for. */
    JobId submitPaid(String reservation, Optional<String> key) {
        JobId id = JobId.random(shard);
        Submission submission =
                new Submission(
                        "c1",
                        Tier.FREE,
                        "export",
                        "{}",
                        "",
                        Optional.empty(),
                        key.map(k -> new Submission.Idempotency(k, "f")),
                        Optional.of(reservation));
        assertThat(outcome(id, submission)).isInstanceOf(SubmitOutcome.Accepted.class);
        return id;
    }

    private SubmitOutcome outcome(JobId id, Submission submission) {
        JobSubmitter submitter = new JobSubmitter(lane, config, () -> config.rules());
        return SmallInput.submit(submitter, id, submission);
    }

    JobClaimer claimer() {
        return new JobClaimer(
                lane, new FollowClient(LaneName.JOBS, lanes.client()), config, config::rules);
    }

    List<ClaimedJob> claim(int wanted) {
        return claimer().claim(shard, JobClaimer.tokens(wanted));
    }

    List<JobId> claimIds(int wanted) {
        return claim(wanted).stream().map(ClaimedJob::id).toList();
    }

    ClaimedJob claimOne() {
        List<ClaimedJob> claimed = claim(1);
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    JobFinisher finisher() {
        return new JobFinisher(lane, config::rules);
    }

    JobFinisher.Answer finish(ClaimedJob job, Ending ending) {
        return finisher().finish(job, ending);
    }

    JobReaper.Reaped reap() {
        return new JobReaper(lane, config::rules).reap(shard);
    }

    boolean promote() {
        return new JobPromoter(lane, config::rules).promote(shard);
    }

    JobReconciler.Swept reconcile() {
        return new JobReconciler(lane, config::rules).reconcile(shard);
    }

    int expire() {
        return new JobExpirer(lane, config::rules).expire(shard);
    }

    List<String> log(JobId id) {
        return new JobLookup(lane).log(id);
    }

    JobRecord find(JobId id) {
        return new JobLookup(lane).find(id).orElseThrow();
    }

    JobState state(JobId id) {
        return find(id).state();
    }

    /** Writes one word of a job's status, and leaves the others as they are. */
    void harm(JobId id, JobStatus.Word word, String value) {
        Request read = Request.cmd(Command.HGET).arg(JobKeys.of(id.shard()).record(id));
        Response status = lane.send(read.arg("status"), Lane.Access.READ);
        String[] words = String.valueOf(status).split(" ");
        words[List.of(JobStatus.Word.values()).indexOf(word)] = value;
        writeStatus(id, String.join(" ", words));
    }

    /** Writes the status of a job. */
    void writeStatus(JobId id, String status) {
        command("HSET %s status \"%s\"".formatted(JobKeys.of(id.shard()).record(id), status));
    }

    /** A field of meta as a number; 0 where it is absent. */
    long meta(String field) {
        String reply = redis.command("HINCRBY " + keys.meta() + " " + field + " 0");
        return Long.parseLong(reply.substring(1));
    }

    /** The time of Redis, ms. */
    long millis() {
        Response time =
                Objects.requireNonNull(lane.send(Request.cmd(Command.TIME), Lane.Access.READ));
        return time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000;
    }

    /** The shard's keys, except those that go on with one of these words. */
    List<String> keysBeside(String... words) {
        Response all =
                Objects.requireNonNull(
                        lane.send(
                                Request.cmd(Command.KEYS).arg(keys.prefix() + "*"),
                                Lane.Access.READ));
        return all.stream()
                .map(key -> key.toString().substring(keys.prefix().length()))
                .filter(key -> Stream.of(words).noneMatch(key::startsWith))
                .toList();
    }

    String command(String text) {
        return redis.command(text);
    }

    List<String> events(JobId id) {
        StreamReader events =
                new StreamReader(new FollowClient(LaneName.JOBS, lanes.client()), keys.events());
        return events.read(StreamReader.BEGINNING, Duration.ofMillis(10)).stream()
                .map(StreamEntry::fields)
                .filter(states -> states.containsKey(id.text()))
                .map(states -> states.getOrDefault(id.text(), ""))
                .toList();
    }

    static Ending success(String body) {
        List<byte[]> chunks = new ArrayList<>();
        try (ChunkedOutput output = JobFinisher.collect(chunks)) {
            output.write(body.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Ending.Succeeded(
                "{}", new FinishedOutput("text/plain", body.length(), "0".repeat(64), chunks));
    }
}
