package io.trekpoint.control.evaluation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.lanes.client.Role;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Flags for those who would like to be rid of some. */
@Path("/v1/stale-flags")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class StaleFlagResource {
    private final FlagUses uses;

    StaleFlagResource(FlagUses uses) {
        this.uses = uses;
    }

    /** Flags that nobody evaluates, that are always the same, or that should be gone by now. */
    @GET
    @Allowed(Role.VIEWER)
    public StaleFlagList list(
            @QueryParam("days") @DefaultValue("30") @Min(0) @Max(3_650) int days) {
        return uses.stale(days);
    }
}
