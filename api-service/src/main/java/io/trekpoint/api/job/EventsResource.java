package io.trekpoint.api.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.limit.LimitFilter.RateLimited;
import io.trekpoint.api.limit.LimitHeadersFilter;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.job.CorruptRecordException;
import io.trekpoint.lanes.job.JobRecord;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What becomes of a job, as it happens. */
@Path("/v1/jobs/{id}/events")
@RateLimited
public class EventsResource {
    private static final int RECONNECT_MILLIS = 2_000;
    private static final int RETRY_SECONDS = 5;
    private static final String NO_STORE = "no-store";

    private final Call call;
    private final JobDesk desk;
    private final JobStreams streams;
    private final JobViews views;
    private final Waits waits;
    private final ObjectMapper json;
    private final RoutingContext routing;

    EventsResource(
            Call call,
            JobDesk desk,
            JobStreams streams,
            JobViews views,
            Waits waits,
            ObjectMapper json,
            RoutingContext routing) {
        this.call = call;
        this.desk = desk;
        this.streams = streams;
        this.views = views;
        this.waits = waits;
        this.json = json;
        this.routing = routing;
    }

    /**
     * Streams a job's states and progress. A listener that comes back after the end it has been
     * told of gets 204, which ends the reconnecting of browsers.
     */
    @GET
    @Blocking
    @RunOnVirtualThread
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow a job to its end",
            description =
                    "Server-sent events. state: the job view, whenever the job stands otherwise; its id says how it"
                            + " stands, and Last-Event-ID tells it again after a break. progress: {progress: 0 to 1}."
                            + " The stream ends with the job. Comments show that it lives.")
    @Parameter(
            name = "id",
            in = ParameterIn.PATH,
            description = "The id of one of your jobs",
            example = JobExamples.ID)
    @Parameter(
            name = "Last-Event-ID",
            in = ParameterIn.HEADER,
            description =
                    "The id of the last event received; how the job stands is told at once where it differs",
            schema = @Schema(type = SchemaType.STRING),
            example = "1-active")
    @APIResponse(
            responseCode = "200",
            description = "The events as they happen",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema = @Schema(type = SchemaType.STRING),
                            examples =
                                    @ExampleObject(
                                            name = "to the end",
                                            value = JobExamples.EVENTS)))
    @APIResponse(
            responseCode = "204",
            description = "The end is known by Last-Event-ID: there is nothing to come back for")
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id,
            @Context Sse sse,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        String known = lastEventId == null ? "" : lastEventId;
        JobRecord job = find(id, known);
        Places.Place place = waits.take().orElseThrow(EventsResource::tooMany);
        writeHeaders();
        call.park();
        return streams.stream(job, known)
                .onTermination()
                .invoke(place::close)
                .map(notice -> event(sse, notice))
                .onFailure(CorruptRecordException.class)
                .recoverWithCompletion();
    }

    /**
     * What {@link #events} would begin with. There is a method of its own for it as the framework
     * would have the other begin a stream, which nobody could hear end.
     */
    @HEAD
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response head(
            @PathParam("id") String id, @HeaderParam("Last-Event-ID") @Nullable String known) {
        find(id, known == null ? "" : known);
        return Response.ok()
                .type(MediaType.SERVER_SENT_EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build();
    }

    /**
     * The job of a stream that has something to tell. A view that cannot be made is a problem now;
     * once the stream has begun, it could only end.
     *
     * @param known the version of the job that the listener knows; empty for none
     */
    private JobRecord find(String id, String known) {
        JobRecord job = desk.find(call.caller().id(), id);
        if (job.state().ended() && known.equals(JobViews.version(job))) {
            throw new NothingToComeException();
        }
        views.view(job);
        return job;
    }

    /** The answer for whoever has heard the end. */
    @ServerExceptionMapper
    public Response nothingToCome(NothingToComeException e) {
        return Response.noContent().build();
    }

    /** The filters that do so for every other answer are not asked about streams. */
    private void writeHeaders() {
        HttpServerResponse response = routing.response();
        LimitHeadersFilter.write(call, response::putHeader);
        response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }

    private OutboundSseEvent event(Sse sse, JobNotice notice) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        return switch (notice) {
            case JobNotice.Stands(var job) ->
                    event.name("state")
                            .id(JobViews.version(job))
                            .reconnectDelay(RECONNECT_MILLIS)
                            .data(String.class, text(views.view(job)))
                            .build();
            case JobNotice.Progressed(var progress) ->
                    event.name("progress")
                            .data(String.class, text(Map.of("progress", progress)))
                            .build();
            case JobNotice.Quiet() -> event.comment("quiet").build();
        };
    }

    /** In one line, as an event's data is. */
    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a job's view is not JSON", e);
        }
    }

    /** The listener knows the end of its job. */
    static final class NothingToComeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NothingToComeException() {
            super("the end is known", null, false, false);
        }
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                        Problem.of(
                                429,
                                "too-many-waits",
                                "Too many requests wait",
                                "As many requests of yours wait for jobs as may. End some, or poll."))
                .retryAfter(RETRY_SECONDS);
    }
}
