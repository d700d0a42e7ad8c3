package io.trekpoint.control.setting;

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

/** Settings for operators. */
@Path("/v1/settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class SettingResource {
    private final Settings settings;
    private final SettingSteps steps;
    private final History history;
    private final Caller caller;
    private final RequestId requestId;

    SettingResource(
            Settings settings,
            SettingSteps steps,
            History history,
            Caller caller,
            RequestId requestId) {
        this.settings = settings;
        this.steps = steps;
        this.history = history;
        this.caller = caller;
        this.requestId = requestId;
    }

    /** Every setting. */
    @GET
    @Allowed(Role.VIEWER)
    public SettingList list() {
        return settings.list();
    }

    /** One setting; its {@code ETag} is what a {@code PUT} sends as {@code If-Match}. */
    @GET
    @Path("/{key}")
    @Allowed(Role.VIEWER)
    public RestResponse<SettingView> get(@PathParam("key") String key) {
        SettingView setting = settings.get(key);
        return tagged(setting, setting.revision());
    }

    /** Gives a setting another value. */
    @PUT
    @Path("/{key}")
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public RestResponse<SettingChange> put(
            @PathParam("key") String key,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @NotNull @Valid SettingPut body) {
        Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
        Step step = steps.put(key, body.value(), precondition);
        return answer(
                settings.make(step, DryRun.of(uri.getQueryParameters()), by("put", body.reason())));
    }

    /** Takes a setting's value away, so that the code default stands, until it is restored. */
    @DELETE
    @Path("/{key}")
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public RestResponse<SettingChange> delete(
            @PathParam("key") String key,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("reason") @Nullable String reason) {
        Step step = steps.delete(key, Precondition.of(ifMatch, null));
        return answer(
                settings.make(
                        step,
                        DryRun.of(uri.getQueryParameters()),
                        by("delete", Reason.of(reason))));
    }

    /** Puts back the value a setting had before it was deleted. */
    @POST
    @Path("/{key}/restore")
    @Allowed(Role.OPERATOR)
    public RestResponse<SettingChange> restore(
            @PathParam("key") String key, @NotNull @Valid SettingRestore body) {
        return answer(settings.make(steps.restore(key), false, by("restore", body.reason())));
    }

    /** The setting's changes, newest first. */
    @GET
    @Path("/{key}/history")
    @Allowed(Role.VIEWER)
    public EntryHistory history(
            @PathParam("key") String key,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return history.of(
                new EntryKey(Kind.SETTING, SettingSteps.setting(key).key()), true, cursor, limit);
    }

    /** Gives the setting the value it had at a revision, as a new revision. */
    @POST
    @Path("/{key}/rollback")
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public RestResponse<SettingChange> rollback(
            @PathParam("key") String key,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid SettingRollback body) {
        Step step =
                steps.rollBack(
                        key,
                        history.at(new EntryKey(Kind.SETTING, key), body.revision()),
                        Precondition.ifGiven(ifMatch));
        return answer(
                settings.make(
                        step, DryRun.of(uri.getQueryParameters()), by("rollback", body.reason())));
    }

    private Intent by(String action, String reason) {
        return new Intent(action, caller.id(), reason, requestId.value());
    }

    private static RestResponse<SettingChange> answer(SettingChange change) {
        return change.dryRun()
                ? RestResponse.ok(change)
                : tagged(change, change.setting().revision());
    }

    private static <T> RestResponse<T> tagged(T body, long changedAt) {
        return RestResponse.ResponseBuilder.ok(body)
                .tag(new EntityTag(String.valueOf(changedAt)))
                .build();
    }
}
