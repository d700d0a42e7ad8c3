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
import jakarta.ws.rs.core.MediaType;

/** The queue of jobs for operators. */
@Path("/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class QueueResource {
    private final Queues queues;

    QueueResource(Queues queues) {
        this.queues = queues;
    }

    /** What is in the queue, by shard and priority. */
    @GET
    @Allowed(Role.VIEWER)
    public QueueList list() {
        return queues.list();
    }

    /** Stops claiming: what is active goes on, submits are taken in. */
    @POST
    @Path("/{name}/pause")
    @Allowed(Role.OPERATOR)
    public QueueView pause(@PathParam("name") String name, @NotNull @Valid OperatorWord body) {
        return queues.pause(name, body.reason());
    }

    /** Lets jobs be claimed again. */
    @POST
    @Path("/{name}/resume")
    @Allowed(Role.OPERATOR)
    public QueueView resume(@PathParam("name") String name, @NotNull @Valid OperatorWord body) {
        return queues.resume(name, body.reason());
    }
}
