package io.trekpoint.api.job;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.limit.Charging;
import io.trekpoint.api.limit.LimitFilter.RateLimited;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.job.JobCursor;
import io.trekpoint.lanes.job.JobLister;
import io.trekpoint.lanes.job.JobPage;
import io.trekpoint.lanes.job.JobRecord;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Jobs that are there, over HTTP. */
@Path("/v1/jobs")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
    private static final int POLL_SECONDS = 1;

    private final Call call;
    private final Charging charging;
    private final JobDesk desk;
    private final JobViews views;
    private final JobLister lister;

    JobResource(Call call, Charging charging, JobDesk desk, JobViews views, JobLister lister) {
        this.call = call;
        this.charging = charging;
        this.desk = desk;
        this.views = views;
        this.lister = lister;
    }

    /** Shows a job; with {@code Prefer: wait=N}, once it has ended or the wait is over. */
    @GET
    @Path("/{id}")
    @Operation(
            summary = "Look at a job",
            description =
                    "With Prefer: wait=N the answer comes once the job has ended, or the wait is over.")
    @Parameter(
            name = "id",
            in = ParameterIn.PATH,
            description = "The id of one of your jobs",
            example = JobExamples.ID)
    @Parameter(
            name = "If-None-Match",
            in = ParameterIn.HEADER,
            description = "The ETag of a view that is known: 304 as long as it is still right",
            schema = @Schema(type = SchemaType.STRING),
            example = "\"0-queued-3\"")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = "The ETag of the view that is wanted: 412 where it is another by now",
            schema = @Schema(type = SchemaType.STRING),
            example = "\"0-queued-3\"")
    @Parameter(
            name = "Prefer",
            in = ParameterIn.HEADER,
            description =
                    "wait=N: answer once the job has ended, within N seconds (at most 30, or less where the setting gateway.longest-wait says so)",
            schema = @Schema(type = SchemaType.STRING),
            example = "wait=10")
    @APIResponse(
            responseCode = "200",
            description = "The job as it stands",
            content =
                    @Content(
                            schema = @Schema(implementation = JobView.class),
                            examples =
                                    @ExampleObject(
                                            name = "succeeded",
                                            value = JobExamples.SUCCEEDED)))
    @APIResponse(responseCode = "304", description = "The view is the one that is known")
    public Response show(@PathParam("id") String id, @Context HttpHeaders headers) {
        String client = call.caller().id();
        Supplier<JobRecord> sought = charging.request(() -> desk.seek(client, id));
        Duration wait = desk.granted(headers.getRequestHeader("Prefer"));
        JobRecord job = wait.isZero() ? sought.get() : desk.await(client, id, wait);
        EntityTag tag = new EntityTag(JobViews.tag(job));
        Response.ResponseBuilder answer =
                switch (Condition.of(
                        headers.getRequestHeader(HttpHeaders.IF_MATCH),
                        headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH),
                        tag.getValue())) {
                    case FAILED -> throw Condition.failed();
                    case UNCHANGED -> Response.notModified(tag);
                    case HOLDS -> Response.ok(views.view(job)).tag(tag);
                };
        if (!job.state().ended()) {
            answer.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
        }
        return answer.build();
    }

    /** Lists the caller's jobs, newest first. */
    @GET
    @Operation(
            summary = "List your jobs, newest first",
            description =
                    "A page may have fewer jobs than asked for although there are more: next says so. Jobs that come"
                            + " to be meanwhile move nothing of what follows.")
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "Only jobs in this state",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {
                                "queued",
                                "delayed",
                                "active",
                                "succeeded",
                                "failed",
                                "cancelled"
                            }),
            example = "failed")
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Only jobs of this type",
            schema = @Schema(type = SchemaType.STRING),
            example = "export")
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "The next of the page before",
            schema = @Schema(type = SchemaType.STRING),
            example = "MTc5MDAwMDAwMDAwMDowLTdLcXBXM2RhWlpoMFVtYlI0aFlj")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "The most jobs of the page",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "100",
                            defaultValue = "20"),
            example = "50")
    @APIResponse(
            responseCode = "200",
            description = "A page; Link has the next one",
            content =
                    @Content(
                            schema = @Schema(implementation = JobList.class),
                            examples = @ExampleObject(name = "page", value = JobExamples.PAGE)))
    @RateLimited
    public Response list(@Context UriInfo uri) {
        if (call.caller().anonymous()) {
            throw forbidden();
        }
        JobPage page = lister.jobsOf(call.caller().id(), JobQuery.of(uri.getQueryParameters()));
        List<JobItem> jobs = page.jobs().stream().map(JobItem::of).toList();
        Response.ResponseBuilder answer =
                Response.ok(new JobList(jobs, page.next().map(JobCursor::text).orElse(null)));
        page.next().ifPresent(next -> answer.links(next(uri, next)));
        return answer.build();
    }

    private static Link next(UriInfo uri, JobCursor next) {
        URI page = uri.getRequestUriBuilder().replaceQueryParam("cursor", next.text()).build();
        return Link.fromUri(page.getRawPath() + "?" + page.getRawQuery()).rel("next").build();
    }

    /** Cancels a job: at once while it waits, else as soon as its worker hears of it. */
    @DELETE
    @Path("/{id}")
    @Parameter(
            name = "id",
            in = ParameterIn.PATH,
            description = "The id of one of your jobs",
            example = JobExamples.ID)
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description =
                    "The ETag of the view that the wish is about: 412 where the job stands otherwise when this arrives",
            schema = @Schema(type = SchemaType.STRING),
            example = "\"0-queued-3\"")
    @Operation(
            summary = "Cancel a job",
            description =
                    "A job that waits is cancelled when this answers, and never runs. One that is worked on is cancelling"
                            + " until its worker has stopped; it may still end otherwise. Asking again changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "Asked for; the view says how the job stands",
            content =
                    @Content(
                            schema = @Schema(implementation = JobView.class),
                            examples =
                                    @ExampleObject(
                                            name = "cancelling",
                                            value = JobExamples.CANCELLING)))
    @RateLimited
    public Response cancel(@PathParam("id") String id, @Context HttpHeaders headers) {
        String client = call.caller().id();
        List<String> wanted = headers.getRequestHeader(HttpHeaders.IF_MATCH);
        // What happens to the job between this look and the cancelling goes unnoticed.
        if (!wanted.isEmpty()
                && Condition.of(wanted, List.of(), JobViews.tag(desk.find(client, id)))
                        == Condition.FAILED) {
            throw Condition.failed();
        }
        JobRecord job = desk.cancel(client, id);
        return Response.accepted(views.view(job)).build();
    }

    /** All behind an address are one caller, and have not to see each other's jobs. */
    private static ProblemException forbidden() {
        return new ProblemException(
                Problem.of(
                        403,
                        "forbidden",
                        "Forbidden",
                        "Who calls without a key has no list of jobs; keep their ids."));
    }
}
