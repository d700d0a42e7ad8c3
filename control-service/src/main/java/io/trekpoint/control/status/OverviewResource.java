package io.trekpoint.control.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** How the whole product fares, and what would become of it, for operators. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class OverviewResource {
    private final Instances instances;
    private final Mirror mirror;

    OverviewResource(Instances instances, Mirror mirror) {
        this.instances = instances;
        this.mirror = mirror;
    }

    /** Every concern's mode with what users notice of it, and every running instance. */
    @GET
    @Path("/status")
    @Allowed(Role.VIEWER)
    public ProductStatus status() {
        return overview().status();
    }

    /** What would change if a lane died: {@code jobs}, {@code limits} or {@code control}. */
    @GET
    @Path("/blast-radius")
    @Allowed(Role.VIEWER)
    public BlastRadius without(@QueryParam("without") @Nullable String without) {
        LaneName lane =
                LaneName.ofLabel(String.valueOf(without))
                        .orElseThrow(() ->
                                ProblemException.invalid(
                                        ProblemType.INVALID_REQUEST,
                                        "without",
                                        "must be jobs, limits or control"));
        return overview().without(lane);
    }

    private Overview overview() {
        return new Overview(instances.now(), mirror.current().state());
    }
}
