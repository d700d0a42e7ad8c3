package io.trekpoint.api.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.job.JobOutput;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
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
    static String path(JobRecord job) {
        return "/v1/jobs/" + job.id();
    }

    JobView view(JobRecord job) {
        return switch (job.state()) {
            case JobState.Queued _ -> view(job, 0, new Times(null, null, null), null, null);
            case JobState.Delayed(_, var last) ->
                    view(
                            job,
                            0,
                            new Times(null, null, null),
                            null,
                            last.map(JobView.Failure::of).orElse(null));
            case JobState.Active(var started, var progress, _) ->
                    view(job, progress, new Times(started, null, null), null, null);
            case JobState.Succeeded s ->
                    view(
                            job,
                            1,
                            new Times(s.startedAt(), s.finishedAt(), s.expiresAt()),
                            result(job, s.result(), s.output()),
                            null);
            case JobState.Failed f ->
                    view(
                            job,
                            0,
                            new Times(f.startedAt().orElse(null), f.finishedAt(), f.expiresAt()),
                            null,
                            JobView.Failure.of(f.failure()));
            case JobState.Cancelled(var started, var finished, var expires) ->
                    view(job, 0, new Times(started.orElse(null), finished, expires), null, null);
        };
    }

    private JobView view(
            JobRecord job,
            double progress,
            Times times,
            @Nullable JsonNode result,
            JobView.@Nullable Failure failure) {
        return new JobView(
                job.id().text(),
                job.type(),
                tree(job.parameters()),
                job.state().label(),
                job.attempt(),
                job.maxAttempts(),
                progress,
                job.createdAt(),
                times.started(),
                times.finished(),
                times.expires(),
                "confirmed",
                result,
                failure,
                links(job));
    }

    /** The engine's own words, the output replaced by what was stored and where it is found. */
    private JsonNode result(JobRecord job, String engine, JobOutput output) {
        ObjectNode result = (ObjectNode) tree(engine);
        result.putObject("output")
                .put("href", path(job) + "/result")
                .put("mediaType", output.mediaType())
                .put("bytes", output.bytes())
                .put("sha256", output.sha256());
        return result;
    }

    private static Map<String, String> links(JobRecord job) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", path(job));
        if (job.state() instanceof JobState.Succeeded) {
            links.put("result", path(job) + "/result");
        }
        return links;
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a stored job holds JSON that cannot be read", e);
        }
    }

    private record Times(
            @Nullable Instant started, @Nullable Instant finished, @Nullable Instant expires) {}
}
