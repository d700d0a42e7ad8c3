package io.trekpoint.api.job;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.limit.Charging;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.job.JobLookup;
import io.trekpoint.lanes.job.JobOutput;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.JobState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The outputs of jobs over HTTP. */
@Path("/v1/jobs/{id}/result")
@RunOnVirtualThread
public class ResultResource {
    private static final int POLL_SECONDS = 1;
    private static final Map<String, String> EXTENSIONS = extensions();

    private final Call call;
    private final Charging charging;
    private final JobDesk desk;
    private final JobLookup lookup;
    private final Transfers transfers;

    ResultResource(
            Call call, Charging charging, JobDesk desk, JobLookup lookup, Transfers transfers) {
        this.call = call;
        this.charging = charging;
        this.desk = desk;
        this.lookup = lookup;
        this.transfers = transfers;
    }

    private static Map<String, String> extensions() {
        Map<String, String> extensions = new HashMap<>();
        for (Target target : Target.values()) {
            extensions.put(target.mediaType(), target.extension());
        }
        extensions.put("application/json", "json");
        extensions.put("image/svg+xml", "svg");
        return Map.copyOf(extensions);
    }

    /** Serves the output of a job that has succeeded. */
    @GET
    @Operation(
            summary = "Fetch the output of a job that has succeeded",
            description =
                    "The bytes as the job has made them, whole or a single range of them. The media type is that of"
                            + " the job's result.output.")
    @Parameter(
            name = "id",
            in = ParameterIn.PATH,
            description = "The id of one of your jobs",
            example = JobExamples.ID)
    @Parameter(
            name = "If-None-Match",
            in = ParameterIn.HEADER,
            description = "The ETag of an output that is there: 304 where it is this one",
            schema = @Schema(type = SchemaType.STRING),
            example = "\"" + JobExamples.SHA256 + "\"")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = "The ETag of the output that is wanted: 412 where it is another",
            schema = @Schema(type = SchemaType.STRING),
            example = "\"" + JobExamples.SHA256 + "\"")
    @Parameter(
            name = "Range",
            in = ParameterIn.HEADER,
            description = "A single range of bytes",
            schema = @Schema(type = SchemaType.STRING),
            example = "bytes=0-99")
    @Parameter(
            name = "If-Range",
            in = ParameterIn.HEADER,
            description = "The ETag that Range is meant for: the whole output where it is another",
            schema = @Schema(type = SchemaType.STRING),
            example = "\"" + JobExamples.SHA256 + "\"")
    @APIResponse(
            responseCode = "200",
            description = "The output; its ETag is the SHA-256 of the bytes",
            content = {
                @Content(
                        mediaType = "application/geo+json",
                        schema = @Schema(type = SchemaType.OBJECT),
                        examples =
                                @ExampleObject(name = "geojson", value = OutputExamples.GEOJSON)),
                @Content(
                        mediaType = "application/gpx+xml",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "gpx", value = OutputExamples.GPX)),
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(type = SchemaType.OBJECT),
                        examples = @ExampleObject(name = "stats", value = OutputExamples.STATS)),
                @Content(
                        mediaType = "application/vnd.garmin.tcx+xml",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "tcx", value = OutputExamples.TCX)),
                @Content(
                        mediaType = "application/vnd.google-earth.kml+xml",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "kml", value = OutputExamples.KML)),
                @Content(
                        mediaType = "image/svg+xml",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "svg", value = OutputExamples.SVG)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "csv", value = OutputExamples.CSV)),
                @Content(
                        mediaType = "text/plain",
                        schema = @Schema(type = SchemaType.STRING),
                        examples =
                                @ExampleObject(name = "polyline", value = OutputExamples.POLYLINE))
            })
    @APIResponse(
            responseCode = "206",
            description =
                    "The part that Range asks for: a single range of bytes. The media type is that of the whole",
            content =
                    @Content(
                            mediaType = "*/*",
                            schema = @Schema(type = SchemaType.STRING),
                            examples = @ExampleObject(name = "part", value = OutputExamples.PART)))
    @APIResponse(responseCode = "304", description = "The output is the one that is there")
    public Response result(@PathParam("id") String id, @Context HttpHeaders headers) {
        String client = call.caller().id();
        JobRecord job = charging.request(() -> desk.seek(client, id)).get();
        JobOutput output = output(job);
        EntityTag tag = new EntityTag(output.sha256());
        return switch (Condition.of(
                headers.getRequestHeader(HttpHeaders.IF_MATCH),
                headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH),
                output.sha256())) {
            case FAILED -> throw Condition.failed();
            case UNCHANGED -> Response.notModified(tag).build();
            case HOLDS -> ranged(job, output, tag, headers);
        };
    }

    private Response ranged(JobRecord job, JobOutput output, EntityTag tag, HttpHeaders headers) {
        return switch (ByteRange.of(range(headers, tag), output.bytes())) {
            case ByteRange.Whole _ ->
                    served(
                            job,
                            output,
                            tag,
                            Response.ok(),
                            opened(job, output, output.bytes()),
                            output.bytes());
            case ByteRange.Part part ->
                    served(
                            job,
                            output,
                            tag,
                            Response.status(Response.Status.PARTIAL_CONTENT)
                                    .header(
                                            "Content-Range",
                                            "bytes %d-%d/%d"
                                                    .formatted(
                                                            part.first(),
                                                            part.last(),
                                                            output.bytes())),
                            new PartialInput(opened(job, output, part.length()), part),
                            part.length());
            case ByteRange.Unsatisfiable _ ->
                    throw new ProblemException(
                                    Problem.invalid(
                                            416,
                                            "range-not-satisfiable",
                                            "Range",
                                            "must begin within the %d bytes of the output"
                                                    .formatted(output.bytes())))
                            .header("Content-Range", "bytes */" + output.bytes());
        };
    }

    /** The range asked for; none where {@code If-Range} names another output than this. */
    private static @Nullable String range(HttpHeaders headers, EntityTag tag) {
        String condition = headers.getHeaderString("If-Range");
        return condition == null || condition.equals("\"" + tag.getValue() + "\"")
                ? headers.getHeaderString("Range")
                : null;
    }

    private static Response served(
            JobRecord job,
            JobOutput output,
            EntityTag tag,
            Response.ResponseBuilder answer,
            InputStream body,
            long bytes) {
        String name =
                "%s.%s".formatted(job.id(), EXTENSIONS.getOrDefault(output.mediaType(), "bin"));
        return answer.entity(body)
                .type(output.mediaType())
                .tag(tag)
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_LENGTH, bytes)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static JobOutput output(JobRecord job) {
        return switch (job.state()) {
            case JobState.Queued _, JobState.Delayed _, JobState.Active _ ->
                    throw new ProblemException(
                                    Problem.of(
                                            409,
                                            "job-not-finished",
                                            "Conflict",
                                            "The job has not finished; ask again, or wait with Prefer: wait=N."))
                            .retryAfter(POLL_SECONDS);
            case JobState.Failed(_, _, _, var failure) ->
                    throw new ProblemException(
                            Problem.of(
                                    409,
                                    "job-failed",
                                    "Conflict",
                                    "The job failed with "
                                            + failure.code()
                                            + " and has no result."));
            case JobState.Cancelled _ ->
                    throw new ProblemException(
                            Problem.of(
                                    409,
                                    "job-cancelled",
                                    "Conflict",
                                    "The job was cancelled and has no result."));
            case JobState.Succeeded s -> s.output();
        };
    }

    /** Reads the beginning at once, so that a store that cannot answer is told by the status. */
    private InputStream opened(JobRecord job, JobOutput output, long bytes) {
        transfers.beginOutput(bytes);
        BufferedInputStream in =
                new BufferedInputStream(lookup.openOutput(job.id(), output), 64 * 1024);
        boolean readable = false;
        try {
            in.mark(1);
            if (in.read() >= 0) {
                in.reset();
            }
            readable = true;
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException("a stored output cannot be inflated", e);
        } finally {
            if (!readable) {
                close(in);
            }
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
