package io.trekpoint.control.evaluation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.lanes.client.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How one flag is used. */
@Path("/v1/flags/{key}/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class FlagUseResource {
    private final FlagUses uses;

    FlagUseResource(FlagUses uses) {
        this.uses = uses;
    }

    /** Who evaluated a flag, when last, and how often to what. */
    @GET
    @Allowed(Role.VIEWER)
    public FlagUseView get(@PathParam("key") String key) {
        return uses.view(key);
    }
}
