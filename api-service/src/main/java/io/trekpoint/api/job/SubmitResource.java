package io.trekpoint.api.job;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.gateway.Caller;
import io.trekpoint.api.limit.Charging;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.evaluation.EvaluationCounters;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.CorruptRecordException;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobRecord;
import io.trekpoint.lanes.job.SubmitOutcome;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Taking jobs in over HTTP. */
@Path("/v1/jobs")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SubmitResource {
    private static final String SERVICE = "api-service";
    private static final int POLL_SECONDS = 1;

    /** Tells the answer to a request that was made before. */
    private static final String REPLAYED = "Idempotency-Replayed";

    private final Call call;
    private final Charging charging;
    private final GpxIntake intake;
    private final JobDesk desk;
    private final JobViews views;
    private final EvaluationCounters evaluations;
    private final Transfers transfers;
    private final UriInfo uri;

    SubmitResource(
            Call call,
            Charging charging,
            GpxIntake intake,
            JobDesk desk,
            JobViews views,
            EvaluationCounters evaluations,
            Transfers transfers,
            UriInfo uri) {
        this.call = call;
        this.charging = charging;
        this.intake = intake;
        this.desk = desk;
        this.views = views;
        this.evaluations = evaluations;
        this.transfers = transfers;
        this.uri = uri;
    }

    /** Submits a job; with {@code Prefer: wait=N}, waits for it. */
    @POST
    @Path("/{type}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Submit a job",
            description =
                    "The body is the document, or a form with one or more parts named file and one named"
                            + " parameters. An edit with a merge takes several files, every other type one.")
    @Parameter(
            name = "Prefer",
            in = ParameterIn.HEADER,
            description =
                    "wait=N: answer once the job has ended, within N seconds (at most 30, or less where the setting gateway.longest-wait says so)",
            schema = @Schema(type = SchemaType.STRING),
            example = "wait=10")
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description =
                    "A quoted string of 1 to 64 printable ASCII characters. A retry with the same one gets the first answer"
                            + " again, marked Idempotency-Replayed, for as long as the setting jobs.idempotency-ttl"
                            + " says; another request with it is refused with 422",
            schema = @Schema(type = SchemaType.STRING),
            example = "\"upload-7\"")
    @Parameter(
            name = "notBefore",
            in = ParameterIn.QUERY,
            description =
                    "When the job may be worked on at the earliest, after RFC 3339; at most as far ahead as the setting"
                            + " jobs.horizon says. It is delayed until then",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"),
            example = "2027-01-31T08:00:00Z")
    @RequestBody(
            required = true,
            description = "A GPX document, at most 50 MiB, gzip allowed",
            content = {
                @Content(
                        mediaType = "application/gpx+xml",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "walk", value = OutputExamples.GPX)),
                @Content(
                        mediaType = "application/xml",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "walk", value = OutputExamples.GPX))
            })
    @APIResponse(
            responseCode = "202",
            description = "Accepted: the store has answered for it",
            content =
                    @Content(
                            schema = @Schema(implementation = JobView.class),
                            examples = @ExampleObject(name = "queued", value = JobExamples.QUEUED)))
    @APIResponse(
            responseCode = "200",
            description = "Finished within the preferred wait",
            content =
                    @Content(
                            schema = @Schema(implementation = JobView.class),
                            examples =
                                    @ExampleObject(
                                            name = "succeeded",
                                            value = JobExamples.SUCCEEDED)))
    public Response submit(
            @PathParam("type") String type, @Context HttpHeaders headers, InputStream body) {
        Duration wait = desk.granted(headers.getRequestHeader("Prefer"));
        GpxEnvelope envelope;
        Optional<String> key;
        Places.Place place;
        try {
            envelope = envelope(type, headers);
            key = IdempotencyKey.of(headers.getHeaderString("Idempotency-Key"));
            place = transfers.begin();
        } catch (RuntimeException e) {
            // What does not get through the door costs a request, for whatever reason, and no
            // export.
            charging.request();
            throw e;
        }
        SubmitOutcome outcome;
        try (place) {
            outcome = intake.take(call.caller(), envelope, key, transfers.paced(body));
        }
        return switch (outcome) {
            case SubmitOutcome.Accepted(var accepted) -> answerAccepted(accepted, wait).build();
            case SubmitOutcome.Same(var first) ->
                    answer(accepted(first, wait), wait).header(REPLAYED, true).build();
            case SubmitOutcome.Conflict _,
                    SubmitOutcome.OverBudget _,
                    SubmitOutcome.InputGone _,
                    SubmitOutcome.TooFarAhead _ ->
                    throw new IllegalStateException("a refused submit came back as an outcome");
        };
    }

    /**
     * What the first request was answered with; whoever prefers to wait asks for more than that,
     * and is told how the job stands.
     */
    private JobRecord accepted(JobId first, Duration wait) {
        JobRecord job = desk.await(call.caller().id(), first.text(), wait);
        return wait.isZero() ? job.asAccepted() : job;
    }

    /**
     * Once accepted, a job is answered for, whatever becomes of the store or of its record while
     * the client waits: another answer would have it submitted once more.
     */
    private Response.ResponseBuilder answerAccepted(JobRecord accepted, Duration wait) {
        try {
            return answer(
                    wait.isZero()
                            ? accepted
                            : desk.await(accepted.client(), accepted.id().text(), wait),
                    wait);
        } catch (LaneException | CorruptRecordException | ProblemException e) {
            return answer(accepted, wait);
        }
    }

    private GpxEnvelope envelope(String type, HttpHeaders headers) {
        GpxType wanted =
                GpxType.ofLabel(type)
                        .orElseThrow(() ->
                                new ProblemException(
                                        Problem.invalid(
                                                404,
                                                "unknown-job-type",
                                                "type",
                                                "must be " + GpxType.labels())));
        Caller client = call.caller();
        EvaluationContext context = EvaluationContext.ofClient(client.id(), client.tier().label());
        FlagKey feature = FlagKey.of(wanted);
        FlagAnswer answer = call.control().flag(feature, context);
        evaluations.count(SERVICE, feature.key(), answer);
        if (!answer.asBoolean(feature.enabledByDefault())) {
            throw new ProblemException(
                    Problem.of(
                            403,
                            "feature-disabled",
                            "Feature disabled",
                            "The feature gpx." + wanted.label() + " is switched off."));
        }
        return GpxEnvelope.of(
                wanted,
                new GpxEnvelope.Headers(
                        uri.getQueryParameters(),
                        headers.getHeaderString(HttpHeaders.CONTENT_TYPE),
                        headers.getHeaderString(HttpHeaders.CONTENT_ENCODING),
                        contentLength(headers),
                        headers.getHeaderString("traceparent")),
                intake.bounds(client).sent());
    }

    private static long contentLength(HttpHeaders headers) {
        String announced = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return announced == null ? -1 : Long.parseLong(announced);
    }

    private Response.ResponseBuilder answer(JobRecord job, Duration wait) {
        return job.state().ended() && !wait.isZero()
                ? Response.ok(views.view(job))
                        .header(HttpHeaders.CONTENT_LOCATION, JobViews.path(job.id()))
                        .header("Preference-Applied", "wait=" + wait.toSeconds())
                : Response.accepted(views.view(job))
                        .header(HttpHeaders.LOCATION, address(job.id()))
                        .header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
    }

    /**
     * HTTP/1.0 need not say which host it asks: without one a path has to do (RFC 9110, 10.2.2).
     */
    private String address(JobId job) {
        String path = JobViews.path(job);
        return uri.getBaseUri().getRawAuthority() == null
                ? path
                : uri.getBaseUri().resolve(path).toString();
    }
}
