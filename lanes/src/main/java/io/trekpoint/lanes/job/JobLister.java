package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobStatus.Word;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Lists jobs across all shards, page by page. Owns {@code list.lua}. Thread-safe. */
public final class JobLister {
    /** The most jobs of a page. */
    public static final int LONGEST_PAGE = 100;

    /**
     * What is asked for.
     *
     * @param state the label of a state; empty for any
     * @param type a job type; empty for any
     * @param after the position a page begins after; empty for the beginning
     * @param limit the most jobs, 1 to {@link #LONGEST_PAGE}
     */
    public record Query(
            Optional<String> state, Optional<String> type, Optional<JobCursor> after, int limit) {}

    private static final Script LIST = Script.load("list");

    private final Lane lane;
    private final JobConfig config;

    /** Lists over the jobs lane. */
    public JobLister(Lane lane, JobConfig config) {
        this.lane = lane;
        this.config = config;
    }

    /**
     * A client's jobs, those created last first.
     *
     * @throws LaneException when the lane gives no answer
     */
    public JobPage jobsOf(String client, Query query) {
        return page(query, keys -> keys.client(client), client);
    }

    /**
     * Dead letters of all clients, those that ended last first.
     *
     * @throws LaneException when the lane gives no answer
     */
    public JobPage deadLetters(Query query) {
        return page(query, JobKeys::dead, "");
    }

    /**
     * Merges what every shard has after the cursor. A shard that stopped looking before it had
     * found enough bounds the page: what others have beyond its position may come after jobs of it.
     */
    private JobPage page(Query query, Function<JobKeys, String> index, String client) {
        TreeMap<JobCursor, JobSummary> found = new TreeMap<>(JobCursor.ORDER);
        Optional<JobCursor> bound = Optional.empty();
        for (int shard = 0; shard < config.shards(); shard++) {
            Part part = part(shard, query, index.apply(JobKeys.of(shard)), client);
            found.putAll(part.jobs());
            bound = first(bound, part.reached());
        }
        Map<JobCursor, JobSummary> within = bound.map(it -> found.headMap(it, true)).orElse(found);
        if (within.size() <= query.limit()) {
            return new JobPage(List.copyOf(within.values()), bound);
        }
        List<JobCursor> told = within.keySet().stream().limit(query.limit()).toList();
        return new JobPage(told.stream().map(found::get).toList(), Optional.of(told.getLast()));
    }

    private static Optional<JobCursor> first(Optional<JobCursor> one, Optional<JobCursor> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return JobCursor.ORDER.compare(one.get(), other.get()) <= 0 ? one : other;
    }

    /** What a shard has: its jobs, and where it stopped looking, unless there is nothing more. */
    private record Part(Map<JobCursor, JobSummary> jobs, Optional<JobCursor> reached) {}

    private Part part(int shard, Query query, String index, String client) {
        List<Object> args =
                List.of(
                        JobKeys.of(shard).prefix() + "j:",
                        query.after().map(it -> String.valueOf(it.at())).orElse(""),
                        query.after().map(JobCursor::id).orElse(""),
                        query.limit() + 1,
                        query.state().orElse(""),
                        query.type().orElse(""),
                        client);
        Response reply = Objects.requireNonNull(LIST.run(lane, List.of(index), args));
        Map<JobCursor, JobSummary> jobs = new TreeMap<>(JobCursor.ORDER);
        for (Response row : reply.get(0)) {
            JobCursor position = new JobCursor(row.get(0).toLong(), row.get(1).toString());
            JobId id = new JobId(shard, position.id());
            JobStatus.tryOf(id, row.get(2).toString())
                    .ifPresent(it -> jobs.put(position, summary(id, it, row.get(3).toString())));
        }
        return new Part(
                jobs,
                reply.size() == 1
                        ? Optional.empty()
                        : Optional.of(
                                new JobCursor(reply.get(1).toLong(), reply.get(2).toString())));
    }

    /** A list is not the place to find out that a record is corrupt: what is no number is 0. */
    private static JobSummary summary(JobId id, JobStatus status, String failure) {
        String state = status.optional(Word.STATE).orElse("");
        return new JobSummary(
                id,
                status.optional(Word.CLIENT).orElse(""),
                status.optional(Word.TYPE).orElse(""),
                state,
                (int) number(status, Word.ATTEMPT),
                (int) number(status, Word.MAX_ATTEMPTS),
                number(status, Word.IN_BYTES),
                new JobSummary.Times(
                        Instant.ofEpochMilli(number(status, Word.CREATED)),
                        time(status, Word.STARTED),
                        time(status, Word.FINISHED),
                        time(status, Word.EXPIRES),
                        state.equals("delayed") ? time(status, Word.DUE) : Optional.empty()),
                JobFailure.parse(failure)
                        .map(it -> new JobSummary.Failure(it.code(), it.message())));
    }

    private static Optional<Instant> time(JobStatus status, Word word) {
        long ms = number(status, word);
        return ms == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ms));
    }

    private static long number(JobStatus status, Word word) {
        String text = status.optional(word).orElse("");
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }
}
