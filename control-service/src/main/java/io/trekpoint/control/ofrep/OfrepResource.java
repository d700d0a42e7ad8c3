package io.trekpoint.control.ofrep;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.auth.Caller;
import io.trekpoint.control.auth.EventTicket;
import io.trekpoint.control.problem.BodyLimit;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Flags for whoever speaks OpenFeature: the Remote Evaluation Protocol, version 0.3.0. */
@Path("/ofrep/v1")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
final class OfrepResource {
    private static final int INACTIVITY_SECONDS = 120;
    private static final int RECONNECT_MILLIS = 2_000;
    private static final int NOT_MODIFIED = 304;
    private static final byte[] NOTHING = {};
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Evaluations evaluations;
    private final FlagNotices notices;
    private final BrowserBudget budget;
    private final Caller caller;

    OfrepResource(
            Evaluations evaluations, FlagNotices notices, BrowserBudget budget, Caller caller) {
        this.evaluations = evaluations;
        this.notices = notices;
        this.budget = budget;
        this.caller = caller;
    }

    /** Evaluates one flag, on the event loop: nothing here waits. */
    @POST
    @Path("/evaluate/flags/{key}")
    @Allowed(value = Role.READER, browsers = true)
    @NonBlocking
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "OfrepRequest")))
    @APIResponse(
            responseCode = "200",
            description = "evaluated",
            content = @Content(schema = @Schema(ref = "OfrepEvaluation")))
    @APIResponse(
            responseCode = "400",
            description = "the context, or the flag, cannot be evaluated",
            content = @Content(schema = @Schema(ref = "OfrepFailure")))
    @APIResponse(
            responseCode = "404",
            description = "there is no such flag",
            content = @Content(schema = @Schema(ref = "OfrepFailure")))
    public RestResponse<String> one(@PathParam("key") String key, byte @Nullable [] body) {
        return json(evaluations.one(key, orNothing(body), asker())).build();
    }

    /**
     * Evaluates every flag the caller may see. Not on the event loop: thousands of flags would hold
     * up other callers.
     *
     * @param flagConfigEtag the {@code etag} of the event that made the caller ask: where this
     *     replica is behind the one that told, it waits a moment for that change
     */
    @POST
    @Path("/evaluate/flags")
    @Allowed(value = Role.READER, browsers = true)
    @RunOnVirtualThread
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "OfrepRequest")))
    @APIResponse(
            responseCode = "200",
            description = "evaluated",
            content = @Content(schema = @Schema(ref = "OfrepEvaluations")))
    @APIResponse(responseCode = "304", description = "the caller has this very answer")
    @APIResponse(
            responseCode = "400",
            description = "the context is none",
            content = @Content(schema = @Schema(ref = "OfrepFailure")))
    public RestResponse<String> all(
            @Context HttpHeaders headers,
            @QueryParam("flagConfigEtag") @Nullable String flagConfigEtag,
            byte @Nullable [] body) {
        Asker asker = asker();
        if (flagConfigEtag != null) {
            notices.await(flagConfigEtag);
        }
        String streams = caller.client().map(OfrepResource::eventStreams).orElse("");
        Evaluations.Answer answer = evaluations.all(orNothing(body), asker, streams);
        if (answer.status() != 200) {
            return json(answer).build();
        }
        String tag = EntityTags.of(answer.json());
        List<String> known = headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH);
        boolean unchanged = known != null && EntityTags.match(known, tag);
        return (unchanged
                        ? RestResponse.ResponseBuilder.<String>create(NOT_MODIFIED)
                        : json(answer))
                .header(HttpHeaders.ETAG, tag)
                .build();
    }

    /**
     * Says when to evaluate again. Opens with the latest change, unless the caller knows it by its
     * {@code Last-Event-ID}, since flags may have changed between an evaluation and this call.
     */
    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Allowed(value = Role.READER, browsers = true)
    @NonBlocking
    @APIResponse(
            responseCode = "200",
            description = "events named message, whose data is {type, etag, lastModified}",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING)))
    public Multi<OutboundSseEvent> events(
            @Context Sse sse, @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        long lastSeen =
                lastEventId != null && NUMBER.matcher(lastEventId).matches()
                        ? Long.parseLong(lastEventId)
                        : -1;
        return notices.listen(lastSeen)
                .orElseThrow(() ->
                        new ProblemException(
                                ProblemType.TOO_MANY_REQUESTS, "Too many event streams are open."))
                .map(notice -> event(sse, notice));
    }

    private static OutboundSseEvent event(Sse sse, FlagNotices.Notice notice) {
        OutboundSseEvent.Builder event = sse.newEventBuilder().reconnectDelay(RECONNECT_MILLIS);
        return switch (notice) {
            case FlagNotices.Notice.Quiet() -> event.comment("quiet").build();
            case FlagNotices.Notice.Changed changed ->
                    event.id(String.valueOf(changed.revision()))
                            .name("message")
                            .data(
                                    String.class,
                                    "{\"type\":\"refetchEvaluation\",\"etag\":\"%s\",\"lastModified\":%d}"
                                            .formatted(
                                                    changed.etag(), changed.at().getEpochSecond()))
                            .build();
        };
    }

    /** Who calls. A browser has to have an evaluation left. */
    private Asker asker() {
        Asker asker = caller.client().map(Asker::of).orElse(Asker.ANYBODY);
        if (asker.browser() && !budget.take(asker.id())) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "The holders of this key have used up this second's evaluations.");
        }
        return asker;
    }

    private static String eventStreams(Client client) {
        return "[{\"type\":\"sse\",\"endpoint\":{\"requestUri\":\"/ofrep/v1/events?ticket=%s\"},\"inactivityDelaySec\":%d}]"
                .formatted(EventTicket.of(client), INACTIVITY_SECONDS);
    }

    private static byte[] orNothing(byte @Nullable [] body) {
        return body == null ? NOTHING : BodyLimit.check(body);
    }

    private static RestResponse.ResponseBuilder<String> json(Evaluations.Answer answer) {
        return RestResponse.ResponseBuilder.<String>create(answer.status())
                .entity(answer.json())
                .type(MediaType.APPLICATION_JSON_TYPE);
    }
}
