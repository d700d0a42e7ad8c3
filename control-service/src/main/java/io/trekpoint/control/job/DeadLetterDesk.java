package io.trekpoint.control.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.problem.WholeNumber;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.DeadLetters;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobCursor;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobLister;
import io.trekpoint.lanes.job.JobPage;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.JobState;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators do with dead letters. Thread-safe. */
@Singleton
final class DeadLetterDesk {
    private static final int USUAL_LIMIT = 20;

    private final DeadLetters deadLetters;
    private final JobLister lister;
    private final JobConfig config;
    private final OperatorLog log;
    private final ObjectMapper json;

    DeadLetterDesk(
            DeadLetters deadLetters,
            JobLister lister,
            JobConfig config,
            OperatorLog log,
            ObjectMapper json) {
        this.deadLetters = deadLetters;
        this.lister = lister;
        this.config = config;
        this.log = log;
        this.json = json;
    }

    /**
     * A page of dead letters.
     *
     * @throws ProblemException 400, naming the parameter that is wrong
     * @throws LaneException when the jobs lane gives no answer
     */
    DeadLetterList list(@Nullable String type, @Nullable String cursor, @Nullable String limit) {
        if (type != null && GpxType.ofLabel(type).isEmpty()) {
            throw invalid("type", "must be one of " + GpxType.labels());
        }
        JobPage page =
                lister.deadLetters(
                        new JobLister.Query(
                                Optional.empty(),
                                Optional.ofNullable(type),
                                Optional.ofNullable(cursor).map(DeadLetterDesk::cursor),
                                limit(limit)));
        return new DeadLetterList(
                page.jobs().stream().map(DeadLetterItem::of).toList(),
                page.next().map(JobCursor::text).orElse(null));
    }

    /**
     * One dead letter.
     *
     * @throws ProblemException 404 where none has this id
     * @throws LaneException when the jobs lane gives no answer
     */
    DeadLetterView show(String id) {
        JobRecord job = deadLetters.find(parse(id)).orElseThrow(DeadLetterDesk::none);
        if (!(job.state() instanceof JobState.Failed end)) {
            throw none();
        }
        return DeadLetterView.of(job, end, parameters(job.parameters()), deadLetters.log(job.id()));
    }

    /** Dead letters may be what cannot be read, and are to be seen for that. */
    private JsonNode parameters(String text) {
        try {
            JsonNode tree = json.readTree(text);
            return tree.isObject() ? tree : TextNode.valueOf(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    /**
     * Puts a dead letter back in line, its attempts reset.
     *
     * @throws ProblemException 404 where none has this id, 409 where there is no room for its
     *     output
     * @throws LaneException when the jobs lane gives no answer
     */
    void retry(String id, String reason) {
        heed(deadLetters.retry(parse(id)));
        log.note("retries", id, reason);
    }

    /**
     * Deletes a dead letter.
     *
     * @throws ProblemException 404 where none has this id
     * @throws LaneException when the jobs lane gives no answer
     */
    void discard(String id, String reason) {
        heed(deadLetters.discard(parse(id)));
        log.note("discards", id, reason);
    }

    private static void heed(DeadLetters.Answer answer) {
        switch (answer) {
            case OK -> {}
            case NONE -> throw none();
            case CORRUPT ->
                    throw new ProblemException(
                            ProblemType.CONFLICT,
                            "The job's record has lost what a worker would go by; it can be discarded.");
            case BUDGET ->
                    throw new ProblemException(
                            ProblemType.CONFLICT,
                            "The byte budget of the job's shard (jobs.byte-budget) has no room for its output.");
        }
    }

    private JobId parse(String id) {
        return JobId.parse(id, config.shards()).orElseThrow(DeadLetterDesk::none);
    }

    private static JobCursor cursor(String text) {
        return JobCursor.parse(text)
                .orElseThrow(() -> invalid("cursor", "must be the next of an earlier page"));
    }

    private static int limit(@Nullable String limit) {
        return limit == null
                ? USUAL_LIMIT
                : (int) WholeNumber.of("limit", limit, 1, JobLister.LONGEST_PAGE);
    }

    private static ProblemException invalid(String field, String rule) {
        return ProblemException.invalid(ProblemType.INVALID_REQUEST, field, rule);
    }

    private static ProblemException none() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such dead letter.");
    }
}
