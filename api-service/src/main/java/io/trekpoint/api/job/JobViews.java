package io.trekpoint.api.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.job.CorruptRecordException;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobOutput;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows job records to clients. Thread-safe. */
@ApplicationScoped
class JobViews {
    private final ObjectMapper json;

    JobViews(ObjectMapper json) {
        this.json = json;
    }

    /** Where a job is found. */
    static String path(JobId id) {
        return "/v1/jobs/" + id;
    }

    /**
     * Tells how a job stands from how it stood before, its progress left out: short, and the same
     * from whichever gateway.
     */
    static String version(JobRecord job) {
        return job.attempt() + "-" + job.state().label() + (isCancelling(job) ? "-cancelling" : "");
    }

    /**
     * The {@link #version} with whatever else changes in a view, and with what tells a state from
     * the same one before an operator sent the dead letter back.
     */
    static String tag(JobRecord job) {
        String more =
                switch (job.state()) {
                    case JobState.Delayed(var due, _) -> "-" + due.toEpochMilli();
                    case JobState.Active(var started, var progress, _) ->
                            "-" + started.toEpochMilli() + "-" + progress;
                    case JobState.Failed failed -> "-" + failed.finishedAt().toEpochMilli();
                    case JobState.Queued _ -> "-" + job.maxAttempts();
                    case JobState.Succeeded _, JobState.Cancelled _ -> "";
                };
        return version(job) + more + (job.confirmed() ? "" : "-unconfirmed");
    }

    private static boolean isCancelling(JobRecord job) {
        return job.state() instanceof JobState.Active active && active.cancelAsked();
    }

    /**
     * What clients see of a job.
     *
     * @throws CorruptRecordException when a text of it is no JSON object
     */
    JobView view(JobRecord job) {
        Changing now = changing(job);
        return new JobView(
                job.id().text(),
                job.type(),
                object(job, "parameters", job.parameters()),
                job.state().label(),
                job.attempt(),
                job.maxAttempts(),
                now.progress(),
                isCancelling(job) ? true : null,
                job.createdAt(),
                job.notBefore().orElse(null),
                now.times().due(),
                now.times().started(),
                now.times().finished(),
                now.times().expires(),
                job.confirmed() ? "confirmed" : "unconfirmed",
                now.result(),
                now.failure(),
                links(job));
    }

    private Changing changing(JobRecord job) {
        return switch (job.state()) {
            case JobState.Queued _ -> new Changing(0, Times.NONE, null, null);
            case JobState.Delayed(var due, var last) ->
                    new Changing(
                            0,
                            new Times(due, null, null, null),
                            null,
                            last.map(JobView.Failure::of).orElse(null));
            case JobState.Active(var started, var progress, _) ->
                    new Changing(progress, new Times(null, started, null, null), null, null);
            case JobState.Succeeded s ->
                    new Changing(
                            1,
                            new Times(null, s.startedAt(), s.finishedAt(), s.expiresAt()),
                            result(job, s.result(), s.output()),
                            null);
            case JobState.Failed(var started, var finished, var expires, var failure) ->
                    new Changing(
                            0,
                            new Times(null, started.orElse(null), finished, expires),
                            null,
                            JobView.Failure.of(failure));
            case JobState.Cancelled(var started, var finished, var expires) ->
                    new Changing(
                            0,
                            new Times(null, started.orElse(null), finished, expires),
                            null,
                            null);
        };
    }

    /** The engine's own words, the output replaced by what was stored and where it is found. */
    private JsonNode result(JobRecord job, String engine, JobOutput output) {
        ObjectNode result = object(job, "result", engine);
        result.putObject("output")
                .put("href", path(job.id()) + "/result")
                .put("mediaType", output.mediaType())
                .put("bytes", output.bytes())
                .put("sha256", output.sha256());
        return result;
    }

    private static Map<String, String> links(JobRecord job) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", path(job.id()));
        if (!job.state().ended()) {
            links.put("events", path(job.id()) + "/events");
        }
        if (job.state() instanceof JobState.Succeeded) {
            links.put("result", path(job.id()) + "/result");
        }
        return links;
    }

    private ObjectNode object(JobRecord job, String field, String text) {
        try {
            if (json.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new CorruptRecordException(job.id(), field, e);
        }
        throw new CorruptRecordException(job.id(), field);
    }

    /** What a view has by the state of its job. */
    private record Changing(
            double progress,
            Times times,
            @Nullable JsonNode result,
            JobView.@Nullable Failure failure) {}

    private record Times(
            @Nullable Instant due,
            @Nullable Instant started,
            @Nullable Instant finished,
            @Nullable Instant expires) {
        static final Times NONE = new Times(null, null, null, null);
    }
}
