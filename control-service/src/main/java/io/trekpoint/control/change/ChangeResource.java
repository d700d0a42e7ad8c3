package io.trekpoint.control.change;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.auth.Caller;
import io.trekpoint.control.change.ChangeSteps.Steps;
import io.trekpoint.control.problem.RequestId;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.DryRun;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Made;
import io.trekpoint.control.store.Reason;
import io.trekpoint.lanes.client.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Several changes of flags, settings and clients as one revision, now or at a time. */
@Path("/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class ChangeResource {
    private final ControlStore store;
    private final ChangeSteps steps;
    private final Schedules schedules;
    private final Caller caller;
    private final RequestId requestId;

    ChangeResource(
            ControlStore store,
            ChangeSteps steps,
            Schedules schedules,
            Caller caller,
            RequestId requestId) {
        this.store = store;
        this.steps = steps;
        this.schedules = schedules;
        this.caller = caller;
        this.requestId = requestId;
    }

    /**
     * Makes all changes as one revision, or none; with {@code at}, has them wait for that time.
     * Clients are for administrators.
     */
    @POST
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @APIResponse(
            responseCode = "200",
            description = "made, or tried",
            content = @Content(schema = @Schema(implementation = ChangesMade.class)))
    @APIResponse(
            responseCode = "202",
            description = "scheduled",
            content = @Content(schema = @Schema(implementation = ScheduledChange.class)))
    public Response change(@Context UriInfo uri, @NotNull @Valid ChangeSet body) {
        boolean dryRun = DryRun.of(uri.getQueryParameters());
        caller.require(ChangeSteps.roleFor(body.changes()));
        Instant at = body.at();
        return at == null ? now(body, dryRun) : later(body, at, dryRun);
    }

    private Response now(ChangeSet body, boolean dryRun) {
        Steps planned = steps.of(body.changes());
        Intent by = by("change", body.reason());
        return made(
                dryRun
                        ? store.rehearse(by, planned.reads(), planned)
                        : store.change(by, planned.reads(), planned),
                dryRun);
    }

    private Response later(ChangeSet body, Instant at, boolean dryRun) {
        Intent by = by("schedule", body.reason());
        if (dryRun) {
            return made(schedules.rehearse(body, at, by), true);
        }
        ScheduledChange added = schedules.add(body, at, by);
        return Response.accepted()
                .location(URI.create("/v1/changes/" + added.id()))
                .entity(added)
                .build();
    }

    /** The scheduled changes that wait, or have failed. */
    @GET
    @Allowed(Role.VIEWER)
    public ScheduleList list() {
        return new ScheduleList(schedules.all());
    }

    /** One of them. */
    @GET
    @Path("/{id}")
    @Allowed(Role.VIEWER)
    public ScheduledChange get(@PathParam("id") String id) {
        return schedules.get(id);
    }

    /** Cancels one that waits, or takes one that has failed off the list. */
    @DELETE
    @Path("/{id}")
    @Allowed(Role.OPERATOR)
    public void cancel(@PathParam("id") String id, @QueryParam("reason") @Nullable String reason) {
        schedules.cancel(id, by("cancel", Reason.of(reason)));
    }

    private static Response made(Made made, boolean dryRun) {
        return Response.ok(new ChangesMade(made.revision(), dryRun, EntryChange.of(made))).build();
    }

    private Intent by(String action, String reason) {
        return new Intent(action, caller.id(), reason, requestId.value());
    }
}
