package io.trekpoint.control.setting;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.auth.Caller;
import io.trekpoint.control.problem.RequestId;
import io.trekpoint.control.store.DryRun;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.lanes.client.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
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
    private final Caller caller;
    private final RequestId requestId;

    SettingResource(Settings settings, Caller caller, RequestId requestId) {
        this.settings = settings;
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
        Intent by = new Intent("put", caller.id(), body.reason(), requestId.value());
        SettingChange change =
                settings.put(
                        key,
                        body.value(),
                        precondition,
                        DryRun.of(uri.getQueryParameters().getOrDefault("dryRun", List.of())),
                        by);
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
