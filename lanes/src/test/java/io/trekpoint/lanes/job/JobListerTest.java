package io.trekpoint.lanes.job;

import static io.trekpoint.lanes.job.JobFixture.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.client.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 3})
class JobListerTest {
    @Parameter int shards;
    private JobFixture jobs;

    @BeforeEach
    void start() {
        jobs = new JobFixture(shards);
    }

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void tellsEveryJobOnceNewestFirstAcrossShards() {
        List<JobId> all = index(0, 25);
        List<JobSummary> told = new ArrayList<>();
        Optional<JobCursor> next = Optional.empty();
        int pages = 0;
        do {
            JobPage page = list(query(Optional.empty(), next, 10));
            assertThat(page.jobs().size()).isLessThanOrEqualTo(10);
            told.addAll(page.jobs());
            next = page.next();
            pages++;
        } while (next.isPresent());
        assertThat(told.stream().map(JobSummary::id)).containsExactlyElementsOf(all.reversed());
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void isNotMovedByJobsThatComeMeanwhile() {
        List<JobId> old = index(0, 6);
        JobPage first = list(query(Optional.empty(), Optional.empty(), 3));
        index(100, 4);
        JobPage second = list(query(Optional.empty(), first.next(), 10));
        List<JobId> told = new ArrayList<>(first.jobs().stream().map(JobSummary::id).toList());
        told.addAll(second.jobs().stream().map(JobSummary::id).toList());
        assertThat(told).containsExactlyElementsOf(old.reversed());
        assertThat(second.next()).isEmpty();
    }

    @Test
    void tellsJobsOfOneMillisecondOnceEach() {
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(record(i % shards, 5_000));
        }
        List<JobId> told = new ArrayList<>();
        Optional<JobCursor> next = Optional.empty();
        do {
            JobPage page = list(query(Optional.empty(), next, 2));
            told.addAll(page.jobs().stream().map(JobSummary::id).toList());
            next = page.next();
        } while (next.isPresent());
        assertThat(told).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void goesThroughManyThatDoNotMatchInSeveralPages() {
        JobId wanted = record(0, 1_000);
        jobs.harm(wanted, JobStatus.Word.STATE, "failed");
        for (int i = 0; i < 1_100; i++) {
            record(jobs.shard, 2_000 + i);
        }
        List<JobId> told = new ArrayList<>();
        Optional<JobCursor> next = Optional.empty();
        int pages = 0;
        do {
            JobPage page = list(query(Optional.of("failed"), next, 5));
            told.addAll(page.jobs().stream().map(JobSummary::id).toList());
            next = page.next();
            pages++;
        } while (next.isPresent());
        assertThat(told).containsExactly(wanted);
        assertThat(pages).isEqualTo(2);
    }

    @Test
    void tellsAClientOfNoRecordThatWasLost() {
        JobId lost = jobs.submit("ann", Tier.FREE);
        JobId sound = jobs.submit("ann", Tier.FREE);
        jobs.command("DEL " + JobKeys.of(lost.shard()).record(lost));
        do {
            assertThat(list(query(Optional.empty(), Optional.empty(), 5)).jobs())
                    .extracting(JobSummary::id)
                    .containsExactly(sound);
        } while (jobs.reconcile().repairs() > 0);
    }

    @Test
    void tellsWhatIsShortOfARecord() {
        JobId id = jobs.submit("ann", Tier.FREE);
        jobs.submit("bob", Tier.FREE);
        jobs.finish(jobs.claimOne(), success("done"));
        JobPage page = list(query(Optional.of("succeeded"), Optional.empty(), 5));
        assertThat(page.jobs()).hasSize(1);
        JobSummary job = page.jobs().getFirst();
        assertThat(job.id()).isEqualTo(id);
        assertThat(job.type()).isEqualTo("export");
        assertThat(job.state()).isEqualTo("succeeded");
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.inputBytes()).isEqualTo(5);
        assertThat(job.times().finished()).isPresent();
        assertThat(job.failure()).isEmpty();
    }

    @Test
    void readsItsOwnCursorsAndNoOthers() {
        JobCursor cursor = new JobCursor(1_790_000_000_123L, "0-abc");
        assertThat(JobCursor.parse(cursor.text())).contains(cursor);
        for (String text : List.of("", "nonsense", "!", "MTIz", "YTow")) {
            assertThat(JobCursor.parse(text)).as(text).isEmpty();
        }
    }

    /** So many jobs a millisecond apart, in the shards by turns, oldest first. */
    private List<JobId> index(int from, int count) {
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(record(i % shards, 1_000 + from + i));
        }
        return all;
    }

    private JobId record(int shard, long created) {
        JobId id = JobId.random(shard);
        JobKeys keys = JobKeys.of(shard);
        jobs.writeStatus(
                id,
                "queued - 0 - - - - - - - 0 - - %d ann 2 free export 3 1 5 13 - -"
                        .formatted(created));
        jobs.redis.command("ZADD " + keys.client("ann") + " " + created + " " + id);
        return id;
    }

    private JobPage list(JobLister.Query query) {
        return new JobLister(jobs.lane, jobs.config).jobsOf("ann", query);
    }

    private static JobLister.Query query(
            Optional<String> state, Optional<JobCursor> after, int limit) {
        return new JobLister.Query(state, Optional.empty(), after, limit);
    }
}
