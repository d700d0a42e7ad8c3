package io.trekpoint.control.flag;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.audit.EntryHistory;
import io.trekpoint.control.audit.History;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.auth.Caller;
import io.trekpoint.control.problem.RequestId;
import io.trekpoint.control.store.DryRun;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.control.store.Reason;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Kind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Flags for operators. */
@Path("/v1/flags")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class FlagResource {
    private final Flags flags;
    private final FlagSteps steps;
    private final History history;
    private final Caller caller;
    private final RequestId requestId;

    FlagResource(
            Flags flags, FlagSteps steps, History history, Caller caller, RequestId requestId) {
        this.flags = flags;
        this.steps = steps;
        this.history = history;
        this.caller = caller;
        this.requestId = requestId;
    }

    /** Every flag. */
    @GET
    @Allowed(Role.VIEWER)
    public FlagList list() {
        return flags.list();
    }

    /** One flag; its {@code ETag} is what a {@code PUT} sends as {@code If-Match}. */
    @GET
    @Path("/{key}")
    @Allowed(Role.VIEWER)
    public RestResponse<FlagView> get(@PathParam("key") String key) {
        FlagView flag = flags.get(key);
        return tagged(flag, flag.revision());
    }

    /** Defines a flag; a killed one stays killed. */
    @PUT
    @Path("/{key}")
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public RestResponse<FlagChange> put(
            @PathParam("key") String key,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @NotNull @Valid FlagPut body) {
        Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
        Step step = steps.put(key, body.definition(), precondition);
        return answer(
                flags.make(step, DryRun.of(uri.getQueryParameters()), by("put", body.reason())));
    }

    /** From now on the flag answers its kill variant; false for a boolean one without it. */
    @POST
    @Path("/{key}/kill")
    @Allowed(Role.OPERATOR)
    public RestResponse<FlagChange> kill(
            @PathParam("key") String key, @NotNull @Valid FlagSwitch body) {
        return answer(flags.make(steps.kill(key), false, by("kill", body.reason())));
    }

    /** Puts back what stood before the flag was deleted or, where it was not, before the kill. */
    @POST
    @Path("/{key}/restore")
    @Allowed(Role.OPERATOR)
    public RestResponse<FlagChange> restore(
            @PathParam("key") String key, @NotNull @Valid FlagSwitch body) {
        return answer(flags.make(steps.restore(key), false, by("restore", body.reason())));
    }

    /** Takes a flag out of use until it is restored. */
    @DELETE
    @Path("/{key}")
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Parameter(
            name = "force",
            in = ParameterIn.QUERY,
            description = "although services ask for it",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public RestResponse<FlagChange> delete(
            @PathParam("key") String key,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("reason") @Nullable String reason) {
        Precondition precondition = Precondition.of(ifMatch, null);
        Step step = steps.delete(key, precondition, DryRun.yes("force", uri.getQueryParameters()));
        return answer(
                flags.make(
                        step,
                        DryRun.of(uri.getQueryParameters()),
                        by("delete", Reason.of(reason))));
    }

    /** The flag's changes, newest first. */
    @GET
    @Path("/{key}/history")
    @Allowed(Role.VIEWER)
    public EntryHistory history(
            @PathParam("key") String key,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return history.of(
                new EntryKey(Kind.FLAG, key), FlagKey.find(key).isPresent(), cursor, limit);
    }

    /** Makes the flag what it was at a revision, as a new revision. */
    @POST
    @Path("/{key}/rollback")
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public RestResponse<FlagChange> rollback(
            @PathParam("key") String key,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid FlagRollback body) {
        Step step =
                steps.rollBack(
                        key,
                        history.at(new EntryKey(Kind.FLAG, key), body.revision()),
                        Precondition.ifGiven(ifMatch));
        return answer(
                flags.make(
                        step, DryRun.of(uri.getQueryParameters()), by("rollback", body.reason())));
    }

    private Intent by(String action, String reason) {
        return new Intent(action, caller.id(), reason, requestId.value());
    }

    private static RestResponse<FlagChange> answer(FlagChange change) {
        FlagView flag = change.flag();
        return change.dryRun() || flag == null
                ? RestResponse.ok(change)
                : tagged(change, flag.revision());
    }

    private static <T> RestResponse<T> tagged(T body, long changedAt) {
        return RestResponse.ResponseBuilder.ok(body)
                .tag(new EntityTag(String.valueOf(changedAt)))
                .build();
    }
}
