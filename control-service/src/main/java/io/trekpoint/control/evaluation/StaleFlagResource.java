package io.trekpoint.control.evaluation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.problem.WholeNumber;
import io.trekpoint.lanes.client.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Flags for those who would like to be rid of some. */
@Path("/v1/stale-flags")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class StaleFlagResource {
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 3_650;

    private final FlagUses uses;

    StaleFlagResource(FlagUses uses) {
        this.uses = uses;
    }

    /** Flags that nobody evaluates, that are always the same, or that should be gone by now. */
    @GET
    @Allowed(Role.VIEWER)
    public StaleFlagList list(
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "0",
                                            maximum = "3650",
                                            defaultValue = "30"))
                    @QueryParam("days")
                    @Nullable String days) {
        return uses.stale(
                days == null ? USUAL_DAYS : (int) WholeNumber.of("days", days, 0, MOST_DAYS));
    }
}
