package io.trekpoint.control.job;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.lanes.client.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Jobs whose attempts are spent, for operators. */
@Path("/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class DeadLetterResource {
    private final DeadLetterDesk desk;

    DeadLetterResource(DeadLetterDesk desk) {
        this.desk = desk;
    }

    /**
     * Those that ended last first; {@code next} of a page is the {@code cursor} of the next one.
     */
    @GET
    @Allowed(Role.VIEWER)
    public DeadLetterList list(
            @QueryParam("type") @Nullable String type,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return desk.list(type, cursor, limit);
    }

    /** One of them, its input described and not shown. */
    @GET
    @Path("/{id}")
    @Allowed(Role.VIEWER)
    public DeadLetterView show(@PathParam("id") String id) {
        return desk.show(id);
    }

    /** Puts it back in line as if it were new. */
    @POST
    @Path("/{id}/retry")
    @Allowed(Role.OPERATOR)
    @APIResponse(responseCode = "202", description = "it is in line again")
    public RestResponse<Void> retry(@PathParam("id") String id, @NotNull @Valid OperatorWord body) {
        desk.retry(id, body.reason());
        return RestResponse.accepted();
    }

    /** Deletes it with its input. */
    @POST
    @Path("/{id}/discard")
    @Allowed(Role.OPERATOR)
    @APIResponse(responseCode = "202", description = "it is no dead letter any more")
    public RestResponse<Void> discard(
            @PathParam("id") String id, @NotNull @Valid OperatorWord body) {
        desk.discard(id, body.reason());
        return RestResponse.accepted();
    }
}
