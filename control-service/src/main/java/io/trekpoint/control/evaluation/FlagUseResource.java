package io.trekpoint.control.evaluation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.lanes.client.Role;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** How flags are used, for those who would like to be rid of some. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class FlagUseResource {
    private final FlagUses uses;

    FlagUseResource(FlagUses uses) {
        this.uses = uses;
    }

    /** Who evaluated a flag, when last, and how often to what. */
    @GET
    @Path("/flags/{key}/evaluations")
    @Allowed(Role.VIEWER)
    public FlagUseView evaluations(@PathParam("key") String key) {
        return uses.view(key);
    }

    /** Flags that nobody evaluates, that are always the same, or that should be gone by now. */
    @GET
    @Path("/stale-flags")
    @Allowed(Role.VIEWER)
    public StaleFlagList stale(
            @QueryParam("days") @DefaultValue("30") @Min(0) @Max(3_650) int days) {
        return uses.stale(days);
    }
}
